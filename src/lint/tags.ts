import { diagnostic, didYouMean } from '../diagnostics/index.js';
import type { Diagnostic } from '../diagnostics/index.js';
import type { Text } from '../syntax/index.js';
import type { LintedDocument } from './subject.js';

const tactics = [
  'collection',
  'command-and-control',
  'credential-access',
  'defense-evasion',
  'defense-impairment',
  'discovery',
  'execution',
  'exfiltration',
  'impact',
  'initial-access',
  'lateral-movement',
  'persistence',
  'privilege-escalation',
  'reconnaissance',
  'resource-development',
  'stealth',
];

/** What may stand behind each namespace (Sigma tags appendix 2.1, and its draft 2.2). */
const namespaces: Readonly<Record<string, RegExp>> = {
  attack: new RegExp(
    `^(?:t\\d{4}(?:\\.\\d{3})?|[gsmac]\\d{4}|ds\\d{4}|ta\\d{4}|${tactics.join('|')})$`,
  ),
  car: /^\d{4}-\d{2}-\d{3}$/,
  cve: /^\d{4}[-.]\d{4,}$/,
  d3fend: /^(?:d3[a-z]?-[a-z0-9-]+|model|harden|detect|isolate|deceive|evict)$/,
  detection: /^(?:dfir|emerging-threats|threat-hunting)$/,
  stp: /^[1-5][auk]?$/,
  tlp: /^(?:red|amber|amber-strict|green|clear)$/,
};

/** Tags that no tool will find. */
export function lintTags({ header: { tags } }: LintedDocument): readonly Diagnostic[] {
  return tags.flatMap(lintTag);
}

function lintTag({ value: tag, span }: Text): readonly Diagnostic[] {
  if (!/^[a-z0-9_-]+\.[a-z0-9._-]+$/.test(tag))
    return [diagnostic('lint/tag-format', span, { tag })];
  const dot = tag.indexOf('.');
  const [namespace, name] = [tag.slice(0, dot), tag.slice(dot + 1)];
  if (!Object.hasOwn(namespaces, namespace)) {
    const help = didYouMean(namespace, Object.keys(namespaces));
    return [diagnostic('lint/tag-namespace', span, { namespace }, help)];
  }
  if (namespaces[namespace]!.test(name)) return [];
  const help = namespace === 'attack' ? didYouMean(name, tactics) : {};
  return [diagnostic('lint/tag-value', span, { tag, namespace }, help)];
}
