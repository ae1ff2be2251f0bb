/** The same document in the other language, in a file beside it. */

import { fileId, type FileId } from '../../contract/span.ts';
import { eolOf, stepOf } from '../../text/document-style.ts';
import { jsonText, yamlText } from '../../text/transplant.ts';
import type { Edited } from '../edits.ts';
import type { SpecSources } from '../sources.ts';

/** Keys keep their order. Comments are written in neither: JSON has none, and what JSON holds has none. */
export function convert(sources: SpecSources, file: FileId, exists: (file: FileId) => boolean): Edited {
  const facts = sources.document(file);
  const text = sources.text(file);
  if (!facts?.root || text === undefined) return { refused: 'The document cannot be read.' };
  if (facts.problems.some(({ severity }) => severity === 'error'))
    return { refused: 'The document has faults; mend them first.' };
  const toJson = facts.language === 'yaml';
  const target = fileId(file.replace(/\.[^./]+$/, '') + (toJson ? '.json' : '.yaml'));
  if (exists(target)) return { refused: `There is a file ${target} already.` };
  const step = stepOf(text).replaceAll('\t', '  ');
  const written = toJson ? jsonText(facts.root, step) : yamlText(facts.root, step);
  return {
    edits: [
      { file: target, start: 0, end: 0, text: `${written}\n`.replaceAll('\n', eolOf(text)), create: true },
    ],
  };
}
