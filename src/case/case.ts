import { validate } from '../bundled/case-schema.js';
import {
  diagnostic,
  failure,
  success,
  type Outcome,
  type SourceFile,
  type Span,
} from '../diagnostics/index.js';
import { readEvents, type Event, type TimedEvent } from '../evaluate/index.js';
import { checkSchema, entryOf, readYaml, type Yaml, type YamlMap } from '../syntax/index.js';
import { instantIn } from './time.js';

/** What a rule must do with some events. */
export type Case =
  | {
      readonly kind: 'event';
      readonly name: string;
      readonly event: Event;
      readonly matches: boolean;
      readonly span: Span;
    }
  | {
      readonly kind: 'stream';
      readonly name: string;
      readonly events: readonly TimedEvent[];
      readonly alerts: readonly ExpectedAlert[];
      /** Epoch milliseconds. */
      readonly now: number;
      readonly span: Span;
    };

export interface ExpectedAlert {
  readonly key: readonly (string | null)[];
  /** Epoch milliseconds of the first alert, or of the bin; absent where the case does not say. */
  readonly at?: number;
}

/** What the schema lets through. */
interface Written {
  readonly match?: string | readonly Event[];
  readonly 'no-match'?: string | readonly Event[];
  readonly start?: string;
  readonly now?: string;
  readonly streams?: readonly WrittenStream[];
}

interface WrittenStream {
  readonly name: string;
  readonly events: readonly (Event & { readonly at: string; readonly repeat?: number })[];
  readonly alerts: readonly {
    readonly key: readonly (string | number | boolean | null)[];
    readonly at?: string;
  }[];
}

/** Names of the files with events that a case file refers to; none if it cannot be read. */
export function eventFilesOf(source: SourceFile): readonly string[] {
  const written = writtenIn(source);
  if (!written.ok) return [];
  const { match, 'no-match': other } = written.value.written;
  return [match, other].flatMap((each) => (typeof each === 'string' ? [each] : []));
}

/**
 * The cases of a `rule.test.yml`. `files` are the texts of the event files that it names.
 *
 * Errors: `test/invalid`, those of YAML, and those of event files.
 */
export function readCases(
  source: SourceFile,
  files: ReadonlyMap<string, SourceFile>,
): Outcome<readonly Case[]> {
  const read = writtenIn(source);
  if (!read.ok) return read;
  const { written, node } = read.value;
  const cases: Case[] = [];
  for (const [key, matches] of [
    ['match', true],
    ['no-match', false],
  ] as const) {
    const list = written[key];
    if (list === undefined) continue;
    const place = entryOf(node, key)!.value;
    const events = typeof list === 'string' ? readEvents(files.get(list)!) : success(list);
    if (!events.ok) return events;
    events.value.forEach((event, at) => {
      const span = place.kind === 'list' ? place.items[at]!.span : place.span;
      cases.push({ kind: 'event', name: `${key} ${at + 1}`, event, matches, span });
    });
  }
  return success([...cases, ...streamsIn(written, node)]);
}

function streamsIn({ streams = [], start, now }: Written, node: YamlMap): readonly Case[] {
  const origin = instantIn(start ?? '2024-01-01T00:00:00Z', 0);
  const list = entryOf(node, 'streams')?.value;
  return streams.map(({ name, events, alerts }, index): Case => {
    const place = list?.kind === 'list' ? list.items[index]! : node;
    return {
      kind: 'stream',
      name,
      events: events.flatMap(({ at, repeat = 1, ...event }) =>
        Array.from({ length: repeat }, () => ({
          time: instantIn(at, origin),
          event: { ...event },
        })),
      ),
      alerts: alerts.map(({ key, at }) => ({
        key: key.map((part) => (part === null ? null : String(part))),
        ...(at !== undefined && { at: instantIn(at, origin) }),
      })),
      now: now === undefined ? origin : instantIn(now, 0),
      span: nameSpan(place),
    };
  });
}

/** Where a stream says what it is called. */
function nameSpan(place: Yaml): Span {
  return (place.kind === 'map' && entryOf(place, 'name')?.value.span) || place.span;
}

function writtenIn(
  source: SourceFile,
): Outcome<{ readonly written: Written; readonly node: YamlMap }> {
  const documents = readYaml(source);
  if (!documents.ok) return documents;
  const [node, ...more] = documents.value;
  if (node?.kind !== 'map' || more.length > 0) {
    const span = { source, start: 0, end: 1 };
    return failure(diagnostic('test/invalid', span, { reason: 'a case file is one map' }));
  }
  const checked = checkSchema(validate, node, (span, reason, extra) =>
    diagnostic('test/invalid', span, { reason }, extra),
  );
  return checked.ok ? success({ written: checked.value as Written, node }) : checked;
}
