import { certificateOf, claimsOf, type Conversion } from '../convert.js';
import type { Rule } from '../ir/index.js';
import { scheduleOf } from '../plan/index.js';
import { duration } from '../render/index.js';
import { identityOf } from './rule-identity.js';

/**
 * The queries of a conversion as one text, each behind comments that say what it is and what it rests
 * on, where the language has comments; empty for a refused rule. With `every`, in milliseconds, a
 * further comment says how to run them so often.
 */
export function queryFile(conversion: Conversion, every?: number): string {
  const { rule, destination, queries } = conversion;
  const { id, comment } = destination.backend.manifest;
  const { title, file } = identityOf(rule);
  const { made } = conversion;
  const assumptions = made?.plan.assumptions ?? [];
  const ground = assumptions.length > 0 ? [`assumes ${assumptions.join(', ')}`] : [];
  const schedule = made && every !== undefined ? [scheduleText(made.mapped, every)] : [];
  return queries
    .map((query, index) => {
      const which = queries.length > 1 ? `, query ${index + 1} of ${queries.length}` : '';
      const head = [
        title,
        `${file}: ${id}, ${pipelineOf(conversion)}, ${promiseOf(conversion)}${which}`,
        ...ground,
        ...schedule,
      ];
      const comments = comment === undefined ? [] : head.map((line) => commented(line, comment));
      return `${[...comments, query].join('\n')}\n`;
    })
    .join('\n');
}

/** The certificate, and beside `UNVERIFIED` what it would be. */
function promiseOf(conversion: Conversion): string {
  const { claims } = claimsOf(conversion);
  const certificate = certificateOf(conversion);
  return claims === undefined ? certificate : `${certificate} (would be ${claims})`;
}

function scheduleText(rule: Rule, every: number): string {
  const { lookback, align, about } = scheduleOf(rule, every);
  const back = lookback === undefined ? '' : ` over the last ${lengthText(lookback)}`;
  const edges = align === undefined ? '' : `, from and to multiples of ${lengthText(align)}`;
  return `every ${lengthText(every)}${back}${edges}: ${about}`;
}

const units = { ms: '{n}ms', s: '{n}s', m: '{n}m', h: '{n}h', d: '{n}d' };

function lengthText(ms: number): string {
  return duration(ms, units);
}

function commented(line: string, comment: string): string {
  return comment.replace('{text}', () => plain(line));
}

/** A comment ends with its line, and in SPL with a backtick. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}`]/gu, ' ');
}

/** The pipelines that took part, or those that would have. */
export function pipelineOf({ destination, made }: Conversion): string {
  const taken = made ? [...new Set(targetsOf(made.mapped))] : [];
  return (taken.length > 0 ? taken : destination.pipelines.map(({ id }) => id)).join('+');
}

function targetsOf(rule: NonNullable<Conversion['made']>['mapped']): readonly string[] {
  if (rule.kind === 'detection') return rule.target?.pipelines ?? [];
  return rule.bases.flatMap((base) => targetsOf(base.rule));
}

/**
 * Gives every conversion, in order, a file name: the rule file's own, with the rule's number where
 * several come out of one file, below a folder of the backend.
 */
export function outputNaming(): (conversion: Conversion) => string {
  const taken = new Map<string, number>();
  return ({ rule, destination }) => {
    const { id, extension } = destination.backend.manifest;
    const { file } = identityOf(rule);
    const stem = file
      .replace(/^.*[\\/]/, '')
      .replace(/\.ya?ml$/i, '')
      .replace(/[^\w.-]/g, '_');
    const name = `${id}/${stem === '-' || stem === '' ? 'rule' : stem}`;
    const before = taken.get(name) ?? 0;
    taken.set(name, before + 1);
    return `${name}${before === 0 ? '' : `-${before + 1}`}.${extension}`;
  };
}
