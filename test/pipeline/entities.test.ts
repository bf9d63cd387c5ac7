import { expect, test } from 'vitest';
import { mapped, rule, shipped, targetOf } from './rules.js';

const splunk = await shipped('spl', 'splunk-windows');
const of = (selection: string, logsource?: string) =>
  mapped(rule(`selection:\n  ${selection}`, logsource), splunk, { backend: 'spl' });

test('signs that XML writes as entities are looked for in both spellings', () => {
  expect(of("CommandLine|contains: ' 2>&1'")).toBe(
    "(CommandLine = '* 2>&1*' or CommandLine = '* 2&gt;&amp;1*')",
  );
  expect(of("Data|contains: '<a>'", 'service: powershell-classic')).toBe(
    "(EventData_Xml = '*<a>*' or EventData_Xml = '*&lt;a&gt;*')",
  );
  expect(of("CommandLine|contains: 'whoami'")).toBe("CommandLine = '*whoami*'");
});

test('what such a test rests on is an assumption, and of no other test', () => {
  const assumed = (selection: string) =>
    targetOf(rule(`selection:\n  ${selection}`), splunk, 'spl').assumptions;
  expect(assumed("CommandLine|contains: '&'")).toEqual(['xml-entities']);
  expect(assumed("CommandLine|re: 'a&b'")).toEqual(['xml-entities']);
  expect(assumed("CommandLine|contains: 'a'")).toEqual([]);
});

test('keywords are looked for in both spellings too', () => {
  const keywords = rule("keywords:\n  - 'a<b'", 'service: application', 'keywords');
  expect(mapped(keywords, splunk, { backend: 'spl' })).toBe('(keyword in _raw or keyword in _raw)');
});
