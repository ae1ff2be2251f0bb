/** Edits that take entries and items out of YAML and JSON texts, with their lines; what is left stays as it is. */

import type { DocMap, DocSeq } from './document-node.ts';
import {
  endOfEntry,
  endOfLine,
  lineStart,
  ownEntries,
  type Editable,
  type TextEdit,
} from './edit-document.ts';

/** One entry; undefined for the only one, because an empty mapping is something else. */
export function removeEntry(document: Editable, map: DocMap, key: string): TextEdit | undefined {
  return removeEntries(document, map, new Set([key]))?.[0];
}

/** Undefined where nothing would be left, or where one of them is written in a way that an edit could break. */
export function removeEntries(
  { text }: Editable,
  map: DocMap,
  keys: ReadonlySet<string>,
): readonly TextEdit[] | undefined {
  const own = ownEntries(map);
  const gone = own.filter(({ key }) => keys.has(key));
  if (gone.length < keys.size || gone.length === own.length || own.length < map.entries.length)
    return undefined;
  if (text[map.start] === '{') {
    const parts = own.map(({ key, keyStart, keyEnd, value }) => ({
      start: keyStart,
      end: value.start < keyEnd ? undefined : value.end,
      gone: keys.has(key),
    }));
    return removeFromFlow(parts);
  }
  return all(gone.map((entry) => withLines(text, entry.keyStart, entry.keyStart, endOfEntry(text, entry))));
}

/** As `removeEntries`, of a list. */
export function removeItems(
  { text }: Editable,
  list: DocSeq,
  indices: ReadonlySet<number>,
): readonly TextEdit[] | undefined {
  const { items } = list;
  if (indices.size >= items.length) return undefined;
  // An alias stands for a node elsewhere.
  if (items.some(({ start, end }) => start < list.start || end > list.end)) return undefined;
  if (text[list.start] === '[')
    return removeFromFlow(items.map(({ start, end }, index) => ({ start, end, gone: indices.has(index) })));
  return all(
    items.flatMap((item, index) => {
      if (!indices.has(index)) return [];
      const dash = text.lastIndexOf('-', item.start - 1);
      const isPlain = /^-[ \t]+$/.test(text.slice(dash, item.start));
      return [isPlain ? withLines(text, dash, item.start, endOfLine(text, item.end)) : undefined];
    }),
  );
}

interface Part {
  readonly start: number;
  readonly end: number | undefined;
  readonly gone: boolean;
}

/** With the comma behind what is left in front, or, at the beginning, the one behind. */
function removeFromFlow(parts: readonly Part[]): readonly TextEdit[] | undefined {
  const edits: (TextEdit | undefined)[] = [];
  for (let from = 0; from < parts.length; from += 1) {
    if (parts[from]?.gone !== true) continue;
    let to = from;
    while (parts[to + 1]?.gone === true) to += 1;
    const before = parts[from - 1];
    const start = before ? before.end : parts[from]?.start;
    const end = before ? parts[to]?.end : parts[to + 1]?.start;
    edits.push(start === undefined || end === undefined ? undefined : { start, end, text: '' });
    from = to;
  }
  return all(edits);
}

function withLines(
  text: string,
  first: number,
  value: number,
  end: number | undefined,
): TextEdit | undefined {
  const start = lineStart(text, first);
  if (end === undefined || end < value || text.slice(start, first).trim() !== '') return undefined;
  const following = /^\r?\n/.exec(text.slice(end))?.[0].length ?? 0;
  return { start, end: end + following, text: '' };
}

function all(edits: readonly (TextEdit | undefined)[]): readonly TextEdit[] | undefined {
  const there = edits.filter((edit) => edit !== undefined);
  return there.length === edits.length && there.length > 0 ? there : undefined;
}
