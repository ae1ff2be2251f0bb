/** Takes apart what the YAML parser joined because of a fault: keys with what stands above or behind them. */

import type { CST } from 'yaml';

/** An entry of a mapping, or an item of a list, as tokens. */
export type Item = CST.CollectionItem;

export interface Repairs {
  splitMultilineKey(item: Item): { readonly first: Item; readonly second: Item } | undefined;
  splitCompactMap(item: Item): { readonly item: Item; readonly rest: readonly Item[] } | undefined;
  columnOf(item: Item): number | undefined;
}

/** @param syntax Reports a fault; `end` is one character further where it is left out. */
export function createRepairs(
  text: string,
  syntax: (message: string, start: number, end?: number) => void,
): Repairs {
  /**
   * `get` without a colon takes the line below into its key. Splits such a key: the last line is a key of its own.
   */
  function splitMultilineKey(item: Item): { readonly first: Item; readonly second: Item } | undefined {
    const { key } = item;
    if (key?.type !== 'scalar' || !key.source.includes('\n') || hasExplicitMark(item)) return undefined;
    const { first, last } = splitLastLine(key);
    syntax('A colon is missing after this key.', first.offset, first.offset + first.source.length);
    return {
      first: { start: item.start, key: first, sep: [] },
      second: { ...item, start: [], key: last },
    };
  }

  /**
   * `description: Note: this` is read as a mapping in the place of a value, and so is `type: string` with a
   * deeper key below it. Gives the item with the text as its value, and what has to follow it in the same mapping.
   */
  function splitCompactMap(item: Item): { readonly item: Item; readonly rest: readonly Item[] } | undefined {
    const { value, sep } = item;
    if (value?.type !== 'block-map' || !sep || hasExplicitMark(item)) return undefined;
    if (sep.some((part) => part.type === 'newline')) return undefined;
    const [inner, ...rest] = value.items as readonly Item[];
    const key = inner?.key;
    if (!inner || !key) return undefined;
    if (key.type === 'scalar' && key.source.includes('\n')) {
      const { first, last } = splitLastLine(key);
      syntax('This key is not indented like its neighbours.', last.offset, last.offset + last.source.length);
      return { item: { ...item, value: first }, rest: [{ ...inner, start: [], key: last }, ...rest] };
    }
    const onNextLine =
      inner.sep?.some((part) => part.type === 'newline') === true && inner.value !== undefined;
    if (onNextLine) {
      syntax('A mapping begins on a new line; this key cannot follow another one.', key.offset);
      return rest.length === 0
        ? undefined
        : { item: { ...item, value: { ...value, items: [inner] } as CST.BlockMap }, rest };
    }
    const source = stripComment(text.slice(key.offset, endOfLine(key.offset)));
    syntax('Text with ": " in it needs quotes.', key.offset, key.offset + source.length);
    // The text may have more than one colon, and each nests what follows once more.
    let further: readonly Item[] = rest;
    for (let deeper = inner.value; deeper?.type === 'block-map';) {
      const [head, ...tail] = deeper.items as readonly Item[];
      further = [...tail, ...further];
      deeper = head?.value;
    }
    const scalar: CST.FlowScalar = { type: 'scalar', offset: key.offset, indent: value.indent, source };
    return { item: { ...item, value: scalar }, rest: further };
  }

  function splitLastLine(key: CST.FlowScalar): {
    readonly first: CST.FlowScalar;
    readonly last: CST.FlowScalar;
  } {
    const cut = key.source.lastIndexOf('\n');
    const tail = key.source.slice(cut + 1);
    const lead = tail.length - tail.trimStart().length;
    return {
      first: {
        type: 'scalar',
        offset: key.offset,
        indent: key.indent,
        source: key.source.slice(0, cut).trimEnd(),
      },
      last: {
        type: 'scalar',
        offset: key.offset + cut + 1 + lead,
        indent: key.indent,
        source: tail.trimStart(),
      },
    };
  }

  function endOfLine(offset: number): number {
    const at = text.indexOf('\n', offset);
    return at === -1 ? text.length : at;
  }

  /** 0-based column of the key of a block item, where the key is the first thing on its line. */
  function columnOf(item: Item): number | undefined {
    const first =
      item.start.find(
        (part) => part.type === 'explicit-key-ind' || part.type === 'anchor' || part.type === 'tag',
      ) ?? item.key;
    if (!first) return undefined;
    const lineStart = text.lastIndexOf('\n', first.offset - 1) + 1;
    for (let index = lineStart; index < first.offset; index++) {
      const code = text.charCodeAt(index);
      if (code !== 0x20 && code !== 0x09) return undefined;
    }
    return first.offset - lineStart;
  }

  return { splitMultilineKey, splitCompactMap, columnOf };
}

export function hasExplicitMark(item: Item): boolean {
  return item.start.some((part) => part.type === 'explicit-key-ind');
}

function stripComment(line: string): string {
  const at = line.search(/\s#/);
  return (at === -1 ? line : line.slice(0, at)).trimEnd();
}
