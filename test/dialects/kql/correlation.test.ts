import { expect, test } from 'vitest';
import { rowsOf, tableOf } from './run.js';

/** Events at seconds after 10:00:00 on 2024-01-15. */
function at(second: number, fields: Readonly<Record<string, string>>) {
  return {
    TimeGenerated: new Date(Date.UTC(2024, 0, 15, 10, 0, second)).toISOString(),
    ...fields,
  };
}

const types = {
  TimeGenerated: 'datetime',
  k1: 'string',
  k2: 'string',
  v: 'string',
  A: 'string',
  B: 'string',
};

const burst = {
  name: 'Table',
  types,
  rows: [
    at(0, { k1: 'a', k2: 'x', v: '1' }),
    at(100, { k1: 'a', k2: 'x', v: '2' }),
    at(300, { k1: 'a', k2: 'x', v: '2' }), // the third within exactly 300 s
    at(0, { k1: 'b', k2: 'x', v: '1' }),
    at(100, { k1: 'b', k2: 'x', v: '2' }),
    at(301, { k1: 'b', k2: 'x', v: '3' }), // one second too late
    at(10, { k1: '', k2: 'x', v: '1' }),
    at(11, { k1: '', k2: 'x', v: '2' }),
    at(12, { k1: '', k2: 'x', v: '3' }),
  ],
};

test('event_count, sliding, by prev: three within 5 minutes, both edges inside, no group without a key', () => {
  const query = `let T = 5m;
Table
| where TimeGenerated >= datetime(2024-01-15 10:00:00) and TimeGenerated < datetime(2024-01-15 11:00:00)
| where isnotempty(k1) and isnotempty(k2)
| project _t = TimeGenerated, k1, k2
| sort by k1 asc, k2 asc, _t asc
| extend _t0 = prev(_t, 2), _p1 = prev(k1, 2), _p2 = prev(k2, 2)
| where _p1 == k1 and _p2 == k2 and _t - _t0 <= T
| summarize FirstAlert = min(_t) by k1, k2`;
  expect(tableOf(query, [burst])).toEqual({
    kind: 'table',
    columns: [
      { name: 'k1', type: 'string' },
      { name: 'k2', type: 'string' },
      { name: 'FirstAlert', type: 'datetime' },
    ],
    rows: [['a', 'x', '2024-01-15T10:05:00.0000000Z']],
  });
});

test('anchor join: counts, distinct counts and sums of every window that ends at a hit', () => {
  const query = `let T = 5m;
let Base = Table | where isnotempty(k1) | project k1, _t = TimeGenerated, _v = v;
Base
| distinct k1, _t
| extend _b = bin_at(_t, T, datetime(1970-01-01))
| join kind=inner (
    union (Base | extend _b = bin_at(_t, T, datetime(1970-01-01))),
          (Base | extend _b = bin_at(_t, T, datetime(1970-01-01)) + T)
    | project k1, _b, _u = _t, _v
  ) on k1, _b
| where _u between ((_t - T) .. _t)
| summarize _count = count(), _distinct = count_distinctif(_v, isnotempty(_v)), _sum = sum(todouble(_v)) by k1, _t
| sort by k1 asc, _t asc`;
  expect(rowsOf(query, [burst])).toEqual([
    ['a', '2024-01-15T10:00:00.0000000Z', 1, 1, 1],
    ['a', '2024-01-15T10:01:40.0000000Z', 2, 2, 3],
    ['a', '2024-01-15T10:05:00.0000000Z', 3, 2, 5],
    ['b', '2024-01-15T10:00:00.0000000Z', 1, 1, 1],
    ['b', '2024-01-15T10:01:40.0000000Z', 2, 2, 3],
    ['b', '2024-01-15T10:05:01.0000000Z', 2, 2, 5],
  ]);
});

test('event_count, tumbling: bins from the Unix epoch, half open', () => {
  const query = `let T = 5m;
Table
| summarize _n = count(), FirstSeen = min(TimeGenerated) by k1, k2, _bin = bin_at(TimeGenerated, T, datetime(1970-01-01))
| where _n >= 2 and isnotempty(k1)
| sort by k1 asc`;
  expect(rowsOf(query, [burst])).toEqual([
    ['a', 'x', '2024-01-15T10:00:00.0000000Z', 2, '2024-01-15T10:00:00.0000000Z'],
    ['b', 'x', '2024-01-15T10:00:00.0000000Z', 2, '2024-01-15T10:00:00.0000000Z'],
  ]);
});

test('value_count, sliding, by marks: a value counts until T after it was last seen', () => {
  const query = `let T = 5m;
let P = Table | where isnotempty(k1) and isnotempty(v)
| project k1, _v = v, _t = TimeGenerated
| sort by k1 asc, _v asc, _t asc
| extend _nt = iff(next(k1) == k1 and next(_v) == _v, next(_t), datetime(null))
| extend _sup = isnotnull(_nt) and _nt <= _t + T;
union (P | project k1, _mt = _t, _mo = 1, _d = 1),
      (P | project k1, _mt = iff(_sup, _nt, _t + T), _mo = iff(_sup, 0, 2), _d = -1)
| sort by k1 asc, _mt asc, _mo asc
| extend _n = row_cumsum(_d, k1 != prev(k1))
| where _d == 1 and _n >= 3
| summarize FirstAlert = min(_mt) by k1`;
  const values = {
    name: 'Table',
    types,
    rows: [
      at(0, { k1: 'a', v: '1' }),
      at(100, { k1: 'a', v: '2' }),
      at(200, { k1: 'a', v: '2' }),
      at(300, { k1: 'a', v: '3' }), // 1, 2 and 3 within exactly 300 s
      at(0, { k1: 'b', v: '1' }),
      at(100, { k1: 'b', v: '2' }),
      at(301, { k1: 'b', v: '3' }),
    ],
  };
  expect(rowsOf(query, [values])).toEqual([['a', '2024-01-15T10:05:00.0000000Z']]);
});

const hits = [
  {
    name: 'Table1',
    types,
    rows: [at(0, { A: 'a' }), at(400, { A: 'b' }), at(100, { A: 'c' }), at(50, { A: '' })],
  },
  {
    name: 'Table2',
    types,
    rows: [at(300, { B: 'a' }), at(0, { B: 'b' }), at(50, { B: 'c' }), at(50, { B: '' })],
  },
];

test('temporal, by scan: both rules within T in any order', () => {
  const query = `let T = 5m;
union (Table1 | project _t = bin(TimeGenerated, 1ms), k1 = tostring(A), _r = 1),
      (Table2 | project _t = bin(TimeGenerated, 1ms), k1 = tostring(B), _r = 2)
| where isnotempty(k1)
| sort by k1 asc, _t asc, _r asc
| scan declare (_l1: datetime, _l2: datetime) with (
    step s: true =>
      _l1 = iff(_r == 1, _t, iff(k1 == s.k1, s._l1, datetime(null))),
      _l2 = iff(_r == 2, _t, iff(k1 == s.k1, s._l2, datetime(null)));
  )
| where isnotnull(_l1) and isnotnull(_l2) and _t - min_of(_l1, _l2) <= T
| summarize FirstAlert = min(_t) by k1`;
  expect(tableOf(query, hits)).toEqual({
    kind: 'table',
    columns: [
      { name: 'k1', type: 'string' },
      { name: 'FirstAlert', type: 'datetime' },
    ],
    rows: [
      ['a', '2024-01-15T10:05:00.0000000Z'],
      ['c', '2024-01-15T10:01:40.0000000Z'],
    ],
  });
});

test('temporal_ordered, by scan: one event may serve two steps of a tie, and order counts', () => {
  const query = `let T = 5m;
union (Table | where v == "1" or v == "12" | project _t = TimeGenerated, k1, _r = 1),
      (Table | where v == "2" or v == "12" | project _t = TimeGenerated, k1, _r = 2),
      (Table | where v == "3" | project _t = TimeGenerated, k1, _r = 3)
| sort by k1 asc, _t asc, _r asc
| scan declare (_s1: datetime, _s2: datetime) with (
    step s: true =>
      _s1 = iff(_r == 1, _t, iff(k1 == s.k1, s._s1, datetime(null))),
      _s2 = iff(_r == 2, iff(k1 == s.k1, s._s1, datetime(null)), iff(k1 == s.k1, s._s2, datetime(null)));
  )
| where _r == 3 and isnotnull(_s2) and _t - _s2 <= T
| project k1, _t`;
  const ordered = {
    name: 'Table',
    types,
    rows: [
      at(0, { k1: 'a', v: '1' }),
      at(10, { k1: 'a', v: '2' }),
      at(300, { k1: 'a', v: '3' }),
      at(0, { k1: 'b', v: '2' }), // 2 before 1
      at(10, { k1: 'b', v: '1' }),
      at(20, { k1: 'b', v: '3' }),
      at(0, { k1: 'c', v: '12' }), // one event, both steps
      at(20, { k1: 'c', v: '3' }),
      at(0, { k1: 'd', v: '1' }),
      at(10, { k1: 'd', v: '2' }),
      at(301, { k1: 'd', v: '3' }), // one second too late
    ],
  };
  expect(rowsOf(query, [ordered])).toEqual([
    ['a', '2024-01-15T10:05:00.0000000Z'],
    ['c', '2024-01-15T10:00:20.0000000Z'],
  ]);
});

test('scan of several steps is a state machine over one sequence for each step', () => {
  const query = `Table
| partition hint.strategy=native by k1 (
    sort by TimeGenerated asc
    | scan with (
        step First output=none: v == "1";
        step Second output=none: v == "2" and TimeGenerated - First.TimeGenerated <= 5m;
        step C: v == "3" and TimeGenerated - First.TimeGenerated <= 5m;
      ))
| project k1, TimeGenerated`;
  const ordered = {
    name: 'Table',
    types,
    rows: [
      at(0, { k1: 'a', v: '1' }),
      at(10, { k1: 'a', v: '2' }),
      at(20, { k1: 'a', v: '3' }),
      at(0, { k1: 'b', v: '1' }),
      at(10, { k1: 'b', v: '2' }),
      at(301, { k1: 'b', v: '3' }),
      at(0, { k1: 'c', v: '2' }),
      at(10, { k1: 'c', v: '3' }),
    ],
  };
  expect(rowsOf(query, [ordered])).toEqual([['a', '2024-01-15T10:00:20.0000000Z']]);
});

test('session, by prev and row_cumsum: a gap longer than 10 minutes begins a new one', () => {
  const query = `Table
| project k1, _t = TimeGenerated
| sort by k1 asc, _t asc
| extend _new = iff(k1 != prev(k1) or _t - prev(_t) > 10m, 1, 0)
| extend _s = row_cumsum(_new)
| summarize n = count() by k1, _s`;
  const rows = [
    at(0, { k1: 'a' }),
    at(600, { k1: 'a' }),
    at(1201, { k1: 'a' }),
    at(1300, { k1: 'b' }),
  ];
  expect(rowsOf(query, [{ name: 'Table', types, rows }])).toEqual([
    ['a', 1, 2],
    ['a', 2, 1],
    ['b', 3, 1],
  ]);
});

test('the Qakbot query of wasocshared counts the commands of the calendar month before', () => {
  const query = `let QakBotCommands = dynamic(['net view', 'cmd /c set', 'arp -a', 'ipconfig /all', 'nslookup-querytype=ALL -timeout=12', '_ldap._tcp.dc._msdcs.WORKGROUP', 'net share', 'net1 share', 'route print', 'net localgroup', 'whoami /all']); // commands
DeviceProcessEvents
| where TimeGenerated between (startofmonth(ago(15d)) .. endofmonth(ago(15d))) //previous month
| where ProcessCommandLine in (QakBotCommands)
| summarize TotalCommandsFound = count(), CommandLineList = make_set(ProcessCommandLine), TimeGenerated = min(TimeGenerated) by DeviceName, AccountName, TenantId
| extend TotalUniqueCommandsFound = array_length(CommandLineList)
| where TotalUniqueCommandsFound > 3 // Adjust to reduce false positives
| sort by TotalUniqueCommandsFound, TotalCommandsFound`;
  const event = (time: string, device: string, command: string) => ({
    TimeGenerated: time,
    DeviceName: device,
    AccountName: 'eve',
    TenantId: 't',
    ProcessCommandLine: command,
  });
  const rows = [
    event('2024-01-01T00:00:00Z', 'pc1', 'net view'),
    event('2024-01-10T00:00:00Z', 'pc1', 'arp -a'),
    event('2024-01-20T00:00:00Z', 'pc1', 'route print'),
    event('2024-01-31T23:59:59.9999999Z', 'pc1', 'whoami /all'),
    event('2024-01-31T00:00:00Z', 'pc1', 'arp -a'),
    event('2024-01-10T00:00:00Z', 'pc2', 'net view'),
    event('2024-01-10T00:00:01Z', 'pc2', 'arp -a'),
    event('2024-01-10T00:00:02Z', 'pc2', 'route print'),
    event('2024-02-01T00:00:00Z', 'pc2', 'whoami /all'), // the next month
    event('2024-01-10T00:00:02Z', 'pc2', 'WHOAMI /all'), // in is case-sensitive
  ];
  expect(rowsOf(query, [{ name: 'DeviceProcessEvents', rows }])).toEqual([
    [
      'pc1',
      'eve',
      't',
      5,
      ['net view', 'arp -a', 'route print', 'whoami /all'],
      '2024-01-01T00:00:00.0000000Z',
      4,
    ],
  ]);
});

test('the bucketed self-join counts distinct values of each closed window', () => {
  const query = `let W = 5m;
let B = materialize(Table | where isnotempty(k1) | project TimeGenerated, G = k1, V = v);
B
| extend _b = range(bin(TimeGenerated - W, W), bin(TimeGenerated, W), W)
| mv-expand _b to typeof(datetime)
| join kind=inner (B | project G, _b = bin(TimeGenerated, W), _t = TimeGenerated, _v = V) on G, _b
| where _t between ((TimeGenerated - W) .. TimeGenerated)
| summarize _n = count_distinct(_v) by G, TimeGenerated
| where _n >= 2
| sort by G asc, TimeGenerated asc`;
  expect(rowsOf(query, [burst])).toEqual([
    ['a', '2024-01-15T10:01:40.0000000Z', 2],
    ['a', '2024-01-15T10:05:00.0000000Z', 2],
    ['b', '2024-01-15T10:01:40.0000000Z', 2],
    ['b', '2024-01-15T10:05:01.0000000Z', 2],
  ]);
});
