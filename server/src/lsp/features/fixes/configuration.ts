/** Fixes that change the configuration: for findings that a team does not want to see, or not as loudly. */

import { configFileNames } from '../../../config/config.ts';
import type { Severity } from '../../../contract/finding.ts';
import { fileId } from '../../../contract/span.ts';
import { readDocument } from '../../../text/document.ts';
import { valueOf } from '../../../text/document-node.ts';
import { insertEntry, openForEditing, type TextEdit } from '../../../text/edit-document.ts';
import type { FeatureIndex } from '../feature-index.ts';
import type { Fix } from './fix.ts';

const louder: readonly Severity[] = ['error', 'warning', 'info'];

/** One for each severity below the one that the rule has now, `off` last. The file is made if there is none. */
export function quieten(
  index: FeatureIndex,
  rule: string,
  severity: Exclude<Severity, 'off'>,
): readonly (Fix | undefined)[] {
  const below: readonly Severity[] = [...louder.slice(louder.indexOf(severity) + 1), 'off'];
  return below.map((each) => setSeverity(index, rule, each));
}

const titles: Readonly<Record<Severity, (rule: string) => string>> = {
  error: (rule) => `Make ${rule} an error`,
  warning: (rule) => `Make ${rule} a warning`,
  info: (rule) => `Make ${rule} a note`,
  off: (rule) => `Turn off ${rule}`,
};

function setSeverity({ ready }: FeatureIndex, rule: string, severity: Severity): Fix | undefined {
  const names = configFileNames.map((name) => fileId(name));
  const file = names.find((name) => ready.textOf(name) !== undefined);
  const [first] = names;
  if (file === undefined && first === undefined) return undefined;
  const name = file ?? first ?? fileId('');
  const title = `${titles[severity](rule)} in ${name}`;
  const text = file === undefined ? undefined : ready.textOf(file);
  if (text === undefined)
    return {
      title,
      edits: [{ file: name, start: 0, end: 0, text: `rules:\n  ${rule}: ${severity}\n`, create: true }],
    };
  const edit = inConfiguration(text, rule, severity, readDocument(name, text));
  return edit && { title, edits: [{ file: name, ...edit }] };
}

function inConfiguration(
  text: string,
  rule: string,
  severity: Severity,
  { root, language, problems }: ReturnType<typeof readDocument>,
): TextEdit | undefined {
  if (problems.length > 0) return undefined;
  if (root === undefined || (root.kind === 'scalar' && root.value === null)) {
    const start = text.length;
    const line = text === '' || text.endsWith('\n') ? '' : '\n';
    return language === 'yaml'
      ? { start, end: start, text: `${line}rules:\n  ${rule}: ${severity}\n` }
      : undefined;
  }
  if (root.kind !== 'map') return undefined;
  const rules = valueOf(root, 'rules');
  const document = openForEditing(text, language);
  if (rules === undefined) return insertEntry(document, root, 'rules', { [rule]: severity });
  if (rules.kind !== 'map') return undefined;
  const there = valueOf(rules, rule);
  if (there === undefined) return insertEntry(document, rules, rule, severity);
  // A plain word in both languages but for the quotes that JSON asks for.
  const written = language === 'json' ? JSON.stringify(severity) : severity;
  return there.kind === 'scalar' ? { start: there.start, end: there.end, text: written } : undefined;
}
