import { expect, test } from 'vitest';
import { normalise } from '../../src/evaluate/index.js';

test('a Windows event gets the flat fields of the taxonomy', () => {
  const recorded = {
    Event: {
      '#attributes': { xmlns: 'http://schemas.microsoft.com/win/2004/08/events/event' },
      System: {
        Provider: { '#attributes': { Name: 'Microsoft-Windows-Sysmon', Guid: '5770385F' } },
        EventID: { '#attributes': { Qualifiers: 16384 }, '#text': 7 },
        TimeCreated: { '#attributes': { SystemTime: '2025-11-27T07:40:10.165324Z' } },
        Correlation: null,
        Execution: { '#attributes': { ProcessID: 3544, ThreadID: 4272 } },
        Channel: 'Security',
      },
      EventData: { '#attributes': { Name: 'TaskDisabled' }, Image: 'C:\\a.exe', Signed: 'true' },
    },
  };
  expect(normalise(recorded)).toEqual({
    '@timestamp': '2025-11-27T07:40:10.165324Z',
    Provider_Name: 'Microsoft-Windows-Sysmon',
    Provider_Guid: '5770385F',
    EventID: 7,
    EventID_Qualifiers: 16384,
    TimeCreated_SystemTime: '2025-11-27T07:40:10.165324Z',
    Correlation: null,
    Execution_ProcessID: 3544,
    Execution_ThreadID: 4272,
    Channel: 'Security',
    Image: 'C:\\a.exe',
    Signed: 'true',
  });
});

test('EventData may be a list of named values, of plain values, or missing', () => {
  const event = (EventData: null | object) =>
    normalise({ Event: { System: { EventID: 1 }, EventData: EventData as never } });
  expect(
    event({
      Data: [{ '#attributes': { Name: 'A' }, '#text': 'x' }, { '#attributes': { Name: 'B' } }],
    }),
  ).toEqual({ EventID: 1, A: 'x', B: null });
  expect(event({ Data: ['x', 'y'] })).toEqual({ EventID: 1, Data: ['x', 'y'] });
  expect(
    event({ Data: [{ '#attributes': { Name: 'A' }, '#text': 'x' }, 'y', { '#text': 'z' }] }),
  ).toEqual({ EventID: 1, A: 'x', Data: 'z' });
  expect(event(null)).toEqual({ EventID: 1 });
});

test('names are without their blanks, as rules name what Microsoft Defender writes', () => {
  const EventData = { 'Source Name': 'AMSI', 'Threat ID': 2147, 'New Value': 'x', Path: 'a b' };
  expect(normalise({ Event: { System: { EventID: 1116 }, EventData } })).toEqual({
    EventID: 1116,
    SourceName: 'AMSI',
    ThreatID: 2147,
    NewValue: 'x',
    Path: 'a b',
  });
});

test('the members of UserData are fields', () => {
  const UserData = { EventXML: { '#attributes': { xmlns: 'x' }, Param1: 'a' } };
  expect(normalise({ Event: { System: { EventID: 1 }, UserData } })).toEqual({
    EventID: 1,
    Param1: 'a',
  });
});

test('a member of a member is named by its path', () => {
  const System = { Outer: { Inner: { '#attributes': { Deep: 1 }, '#text': 2 } } };
  expect(normalise({ Event: { System, UserData: { a: { b: 3 }, c: 4 } } })).toEqual({
    Outer_Inner: 2,
    Outer_Inner_Deep: 1,
    b: 3,
  });
});

test('every other event stays as it is', () => {
  const event = { Event: 'x', a: { b: 1 } };
  expect(normalise(event)).toBe(event);
});
