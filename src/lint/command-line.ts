import { diagnostic } from '../diagnostics/index.js';
import type { Diagnostic } from '../diagnostics/index.js';
import type { DetectionItem, Value } from '../syntax/index.js';
import { itemsOf, type Detector } from './subject.js';
import { wildcardsOf } from './wildcards.js';

const commandLines =
  /^(?:Parent|Process|InitiatingProcess)?CommandLine$|^process\.(?:parent\.)?command_line$/i;

/** Fields whose values Windows does not tell apart by case. */
const caseless =
  /CommandLine|^(?:Parent)?Image$|^(?:Original|Target)File[Nn]ame$|^(?:Image|Driver)Loaded$|^TargetObject$|^(?:Computer|Device|Host)(?:Name)?$|^(?:Parent)?User(?:Name)?$|^(?:Subject|Target)UserName$|^AccountName$/;

const programs =
  'arp at attrib bcdedit bitsadmin certutil cmd cmdkey cscript curl dsquery findstr ftp hostname icacls ipconfig mshta msiexec nbtstat net net1 netsh netstat nltest nslookup ping powershell pwsh qprocess query quser reg regsvr32 robocopy route rundll32 sc schtasks systeminfo takeown taskkill tasklist tracert vssadmin wevtutil wget whoami wmic wscript xcopy'.split(
    ' ',
  );

/** Tests on command lines that attackers, or plain reality, walk around. */
export function lintCommandLines({ document }: Detector): readonly Diagnostic[] {
  const items = document.selections.flatMap(({ detection }) => itemsOf(detection));
  const isWindows = document.logSource.product === 'windows';
  return items.flatMap((item) => [
    ...(isWindows ? casedItem(item) : []),
    ...(isWholeCommandLine(item) ? wholeCommandLines(item) : []),
  ]);
}

function casedItem({ field, modifiers }: DetectionItem): readonly Diagnostic[] {
  const cased = modifiers.find(({ value }) => value === 'cased');
  return field && cased && caseless.test(field.value)
    ? [diagnostic('lint/cased-on-windows', cased.span, { field: field.value })]
    : [];
}

function isWholeCommandLine(item: DetectionItem): boolean {
  return (
    item.field !== undefined &&
    commandLines.test(item.field.value) &&
    item.modifiers.every(({ value }) => value === 'cased' || value === 'windash')
  );
}

function wholeCommandLines({ field, values }: DetectionItem): readonly Diagnostic[] {
  // A parent is often a service, whose command line is always the same.
  const isOwn = !field!.value.toLowerCase().includes('parent');
  const whole = values.filter(
    (value) => value.kind === 'string' && wildcardsOf(value.text).active.length === 0,
  ) as readonly Extract<Value, { kind: 'string' }>[];
  const withArguments = isOwn && whole.find(({ text }) => /\S\s+\S/.test(text));
  return [
    ...(withArguments ? [diagnostic('lint/whole-command-line', withArguments.span, {})] : []),
    ...whole.flatMap(({ text, span }) => {
      const [first = ''] = /^(?:"[^"]*"|\S+)/.exec(text) ?? [];
      const glued = /^([a-z0-9]+)-[a-z]/i.exec(first)?.[1]?.toLowerCase();
      if (glued !== undefined && programs.includes(glued)) {
        const help = `is it '${text.slice(0, glued.length)} ${text.slice(glued.length)}'?`;
        return [diagnostic('lint/glued-option', span, { program: glued }, { help })];
      }
      return text === '' || isProgram(first)
        ? []
        : [diagnostic('lint/no-program', span, { first })];
    }),
  ];
}

/** A path, a name with the ending of a program, or a bare word. */
function isProgram(word: string): boolean {
  return (
    /["\\/%$]/.test(word) ||
    /\.(?:exe|com|bat|cmd|ps1|vbs|vbe|js|jse|wsf|hta|msi|dll|cpl|scr|sh|py|pl)$/i.test(word) ||
    /^[a-z0-9][\w-]*$/i.test(word)
  );
}
