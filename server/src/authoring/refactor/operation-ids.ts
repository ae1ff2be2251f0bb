/** Operation ids for operations that have none, in the style of those that are there. */

import { operationIds } from '../../contract/operation-ids.ts';
import { textOf, valueOf } from '../../text/document-node.ts';
import { insertEntry, openForEditing } from '../../text/edit-document.ts';
import type { Edited, SourceEdit } from '../edits.ts';
import type { SpecSources } from '../sources.ts';
import type { Collected } from '../symbols/collect.ts';

export function generateOperationIds(sources: SpecSources, { objects }: Collected): Edited {
  const operations = objects.flatMap(({ role, file, node, entry, parent }) => {
    const path = parent?.entry?.key;
    if (role !== 'operation' || node.kind !== 'map' || !entry || path === undefined) return [];
    const operationId = textOf(valueOf(node, 'operationId'));
    return [{ file, node, method: entry.key, path, ...(operationId !== undefined && { operationId }) }];
  });
  const next = operationIds(operations);
  const edits = operations.flatMap((operation): readonly SourceEdit[] => {
    const { file, node, operationId } = operation;
    const text = sources.text(file);
    const language = sources.document(file)?.language;
    if (operationId !== undefined || text === undefined || language === undefined) return [];
    const edit = insertEntry(openForEditing(text, language), node, 'operationId', next(operation), (key) =>
      ['tags', 'summary', 'description', 'externalDocs'].includes(key),
    );
    return edit ? [{ file, ...edit }] : [];
  });
  return edits.length > 0 ? { edits } : { refused: 'Every operation has an operationId.' };
}
