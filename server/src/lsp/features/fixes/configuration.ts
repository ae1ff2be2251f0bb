/** Fixes that change the configuration: for findings that a team does not want to see. */

import { configFileNames } from '../../../config/config.ts';
import { fileId } from '../../../contract/span.ts';
import { readDocument } from '../../../text/document.ts';
import { valueOf } from '../../../text/document-node.ts';
import { insertEntry, openForEditing, type TextEdit } from '../../../text/edit-document.ts';
import type { FeatureIndex } from '../feature-index.ts';
import type { Fix } from './fix.ts';

/** Turns a rule off in the configuration file, which is made if there is none. */
export function turnOff({ ready }: FeatureIndex, rule: string): Fix | undefined {
  const names = configFileNames.map((name) => fileId(name));
  const file = names.find((name) => ready.textOf(name) !== undefined);
  const [first] = names;
  if (file === undefined && first === undefined) return undefined;
  const name = file ?? first ?? fileId('');
  const title = `Turn off ${rule} in ${name}`;
  const text = file === undefined ? undefined : ready.textOf(file);
  if (text === undefined)
    return {
      title,
      edits: [{ file: name, start: 0, end: 0, text: `rules:\n  ${rule}: off\n`, create: true }],
    };
  const edit = inConfiguration(text, rule, readDocument(name, text));
  return edit && { title, edits: [{ file: name, ...edit }] };
}

function inConfiguration(
  text: string,
  rule: string,
  { root, language, problems }: ReturnType<typeof readDocument>,
): TextEdit | undefined {
  if (problems.length > 0) return undefined;
  if (root === undefined || (root.kind === 'scalar' && root.value === null)) {
    const start = text.length;
    const line = text === '' || text.endsWith('\n') ? '' : '\n';
    return language === 'yaml' ? { start, end: start, text: `${line}rules:\n  ${rule}: off\n` } : undefined;
  }
  if (root.kind !== 'map') return undefined;
  const rules = valueOf(root, 'rules');
  const document = openForEditing(text, language);
  if (rules?.kind === 'map') return insertEntry(document, rules, rule, 'off');
  return rules === undefined ? insertEntry(document, root, 'rules', { [rule]: 'off' }) : undefined;
}
