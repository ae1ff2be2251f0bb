/** Takes out components that nobody refers to. */

import { refOf } from '../../specs/openapi/reader.ts';
import { lookUp } from '../../text/document-node.ts';
import { openForEditing } from '../../text/edit-document.ts';
import { removeEntry } from '../../text/remove-parts.ts';
import type { Edited } from '../edits.ts';
import type { Visited } from '../grammar.ts';
import type { SpecSources } from '../sources.ts';
import type { SpecSymbols } from '../symbols/build.ts';
import type { Occurrence } from '../symbols/model.ts';

/** Places that refer to a component, those within itself left out. */
export function usersOf({ index }: SpecSymbols, { file, node, entry }: Visited): readonly Occurrence[] {
  const symbol = entry && index.definedAt(file, entry.keyStart);
  return (symbol?.occurrences ?? []).filter(
    ({ role, at }) => role === 'use' && (at.file !== file || at.start < node.start || at.start > node.end),
  );
}

export function remove(sources: SpecSources, symbols: SpecSymbols, object: Visited): Edited {
  const { file, entry } = object;
  const users = usersOf(symbols, object);
  if (users.length > 0) {
    const files = [...new Set(users.map(({ at }) => at.file))];
    const where = files.slice(0, 3).join(', ') + (files.length > 3 ? ' and more' : '');
    return {
      refused: `${users.length} ${users.length === 1 ? 'place refers' : 'places refer'} to "${entry?.key ?? ''}", in ${where}.`,
    };
  }
  if (symbols.implicit.has(symbols.index.definedAt(file, entry?.keyStart ?? -1)?.id ?? ''))
    return { refused: `"${entry?.key ?? ''}" is a value of a discriminator.` };
  return takeOut(sources, object);
}

/** Whoever refers to it. An empty mapping says nothing, so the one around goes too. */
export function takeOut(sources: SpecSources, { file, pointer }: Visited): Edited {
  const text = sources.text(file);
  const facts = sources.document(file);
  if (text === undefined || !facts?.root) return { refused: 'The document cannot be read.' };
  const document = openForEditing(text, facts.language);
  for (let depth = pointer.length - 1; depth >= 0; depth -= 1) {
    const map = lookUp(facts.root, pointer.slice(0, depth));
    if (map?.kind !== 'map' || refOf(map)) break;
    if (map.entries.length === 1) continue;
    const edit = removeEntry(document, map, pointer[depth] ?? '');
    return edit
      ? { edits: [{ file, ...edit }] }
      : { refused: 'It is written in a way that cannot be taken out.' };
  }
  return { refused: 'It is all that the document has.' };
}
