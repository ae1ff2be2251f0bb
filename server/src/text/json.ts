/** JSON text to document nodes: one pass over the scanner of jsonc-parser, tolerant and without recursion. */

import { createScanner } from 'jsonc-parser';

import type { DocEntry, DocNode } from '../contract/facts.ts';
import type { ProblemSink } from './document-problems.ts';
import { reportDuplicateKey } from './document-problems.ts';
import { MAX_DEPTH } from './limits.ts';

/** The kinds of jsonc-parser's scanner, which it declares as a const enum: that cannot be imported from a module. */
const TOKEN = {
  openBrace: 1,
  closeBrace: 2,
  openBracket: 3,
  closeBracket: 4,
  comma: 5,
  colon: 6,
  null: 7,
  true: 8,
  false: 9,
  string: 10,
  number: 11,
  lineComment: 12,
  blockComment: 13,
  lineBreak: 14,
  space: 15,
  unknown: 16,
  end: 17,
} as const;

interface OpenMap {
  readonly kind: 'map';
  readonly entries: DocEntry[];
  readonly start: number;
  readonly keys: Map<string, DocEntry>;
  /** `isFaulty`: something was said of it already. */
  key?: { readonly text: string; readonly start: number; readonly end: number; readonly isFaulty: boolean };
}

interface OpenSeq {
  readonly kind: 'seq';
  readonly items: DocNode[];
  readonly start: number;
}

/** What may come next. */
type Expect = 'value' | 'key' | 'colon' | 'comma' | 'end';

/**
 * Reads a JSON document (RFC 8259). Comments, trailing and missing commas, missing values and unclosed brackets
 * are reported and read past. Undefined where there is no value at all.
 */
export function readJson(text: string, sink: ProblemSink): DocNode | undefined {
  const scanner = createScanner(text, false);
  const open: (OpenMap | OpenSeq)[] = [];
  let root: DocNode | undefined;
  let expect: Expect = 'value';
  let afterComma: { readonly start: number; readonly end: number } | undefined;
  let tooDeep = 0;
  let contentEnd = 0;

  const expects = (what: Expect): boolean => expect === what;
  const syntax = (message: string, start: number, end: number): void => {
    sink.add('document/json-syntax', message, start, end);
  };

  const place = (node: DocNode): void => {
    contentEnd = node.end;
    const parent = open.at(-1);
    if (parent === undefined) {
      root = node;
      expect = 'end';
      return;
    }
    expect = 'comma';
    if (parent.kind === 'seq') {
      parent.items.push(node);
      return;
    }
    const key = parent.key;
    if (key === undefined) return;
    delete parent.key;
    const entry: DocEntry = { key: key.text, keyStart: key.start, keyEnd: key.end, value: node };
    const earlier = parent.keys.get(key.text);
    if (earlier) reportDuplicateKey(sink, text, key.text, { start: earlier.keyStart }, key);
    else parent.keys.set(key.text, entry);
    parent.entries.push(entry);
  };

  const missingValue = (): void => {
    const parent = open.at(-1);
    if (parent?.kind !== 'map' || parent.key === undefined) return;
    const { end } = parent.key;
    if (!parent.key.isFaulty) syntax(`The key "${parent.key.text}" has no value.`, parent.key.start, end);
    place({ kind: 'scalar', value: null, start: end, end });
  };

  const close = (end: number): void => {
    missingValue();
    const top = open.pop();
    if (top === undefined) return;
    place(
      top.kind === 'map'
        ? { kind: 'map', entries: top.entries, start: top.start, end }
        : { kind: 'seq', items: top.items, start: top.start, end },
    );
  };

  const scalar = (
    value: string | number | boolean | null,
    start: number,
    end: number,
    isFaulty = false,
  ): void => {
    const parent = open.at(-1);
    // A colon behind it makes it a key: the one before is still being typed.
    if (parent?.kind === 'map' && parent.key && typeof value === 'string' && isBeforeColon(text, end)) {
      missingValue();
      expect = 'key';
    }
    if (expects('comma') && parent) {
      syntax('A comma is missing here.', start, end);
      expect = parent.kind === 'map' ? 'key' : 'value';
    }
    if (expects('key') && parent?.kind === 'map') {
      if (typeof value !== 'string') syntax('Keys must be strings in double quotes.', start, end);
      parent.key = { text: String(value), start, end, isFaulty };
      expect = 'colon';
      return;
    }
    if (expects('colon')) {
      syntax('A colon is missing here.', start, end);
      expect = 'value';
    }
    place({ kind: 'scalar', value, start, end });
  };

  for (let token: number = scanner.scan(); token !== TOKEN.end; token = scanner.scan()) {
    const start = scanner.getTokenOffset();
    const end = start + scanner.getTokenLength();
    if (token === TOKEN.space || token === TOKEN.lineBreak) continue;
    if (token === TOKEN.lineComment || token === TOKEN.blockComment) {
      sink.addOnce(
        'document/json-comment',
        'JSON has no comments; other tools may refuse this file.',
        start,
        end,
        'warning',
      );
      continue;
    }
    if (tooDeep > 0) {
      if (token === TOKEN.openBrace || token === TOKEN.openBracket) tooDeep++;
      else if (token === TOKEN.closeBrace || token === TOKEN.closeBracket) tooDeep--;
      continue;
    }
    if (expects('end')) {
      // One bracket too many ends a document early: all that follows is one fault.
      const isBracket = token === TOKEN.closeBrace || token === TOKEN.closeBracket;
      const bracket = `There is nothing that "${text.slice(start, end)}" could close.`;
      syntax(isBracket ? bracket : 'The document has already ended.', start, end);
      break;
    }
    const comma = afterComma;
    afterComma = undefined;
    switch (token) {
      case TOKEN.openBrace:
      case TOKEN.openBracket: {
        if (expects('comma')) syntax('A comma is missing here.', start, end);
        if (expects('colon')) syntax('A colon is missing here.', start, end);
        const parent = open.at(-1);
        if (parent?.kind === 'map' && parent.key === undefined) {
          if (expects('key')) syntax('A key is missing here.', start, end);
          parent.key = { text: '', start, end: start, isFaulty: true };
        }
        if (open.length >= MAX_DEPTH) {
          sink.addOnce(
            'document/too-deep',
            `Nested deeper than ${MAX_DEPTH} levels; what is inside was not read.`,
            start,
            end,
            'warning',
          );
          place({ kind: 'scalar', value: null, start, end });
          tooDeep = 1;
          break;
        }
        if (token === TOKEN.openBrace) {
          open.push({ kind: 'map', entries: [], start, keys: new Map() });
          expect = 'key';
        } else {
          open.push({ kind: 'seq', items: [], start });
          expect = 'value';
        }
        break;
      }
      case TOKEN.closeBrace:
      case TOKEN.closeBracket: {
        const kind = token === TOKEN.closeBrace ? 'map' : 'seq';
        if (comma) {
          sink.addOnce(
            'document/json-trailing-comma',
            'JSON allows no comma after the last item.',
            comma.start,
            comma.end,
            'warning',
          );
        }
        const depth = open.findLastIndex((container) => container.kind === kind);
        if (depth === -1) {
          syntax(`There is nothing that "${text.slice(start, end)}" could close.`, start, end);
          break;
        }
        if (depth !== open.length - 1) {
          syntax(
            `The bracket that was opened last is not closed before "${text.slice(start, end)}".`,
            start,
            end,
          );
          while (open.length - 1 > depth) close(Math.max(contentEnd, (open.at(-1)?.start ?? 0) + 1));
        }
        close(end);
        break;
      }
      case TOKEN.comma: {
        const parent = open.at(-1);
        if (parent?.kind === 'map' && parent.key) missingValue();
        else if (!expects('comma')) syntax('There is nothing in front of this comma.', start, end);
        if (parent) {
          expect = parent.kind === 'map' ? 'key' : 'value';
          afterComma = { start, end };
        }
        break;
      }
      case TOKEN.colon:
        if (expects('colon')) expect = 'value';
        else syntax('This colon is not expected here.', start, end);
        break;
      case TOKEN.string: {
        const isFaulty = scanner.getTokenError() !== 0;
        if (isFaulty) syntax('This string is not closed or has an invalid character.', start, end);
        scalar(scanner.getTokenValue(), start, end, isFaulty);
        break;
      }
      case TOKEN.number:
        scalar(Number(scanner.getTokenValue()), start, end);
        break;
      case TOKEN.true:
      case TOKEN.false:
        scalar(token === TOKEN.true, start, end);
        break;
      case TOKEN.null:
        scalar(null, start, end);
        break;
      case TOKEN.unknown:
        // A byte order mark is the only character outside of the grammar that is harmless.
        if (start === 0 && text.charCodeAt(0) === 0xfeff) break;
        if (!expects('key') && !expects('value'))
          syntax(`"${excerpt(text, start, end)}" is not expected here.`, start, end);
        else {
          syntax(`"${excerpt(text, start, end)}" needs double quotes.`, start, end);
          scalar(text.slice(start, end), start, end, true);
        }
        break;
    }
  }
  if (open.length > 0) {
    const top = open.at(-1);
    if (top) syntax('The bracket that is opened here is never closed.', top.start, top.start + 1);
    while (open.length > 0) close(Math.max(contentEnd, (open.at(-1)?.start ?? 0) + 1));
  }
  return root;
}

function isBeforeColon(text: string, end: number): boolean {
  const colon = /\s*:/y;
  colon.lastIndex = end;
  return colon.test(text);
}

function excerpt(text: string, start: number, end: number): string {
  return text.slice(start, Math.min(end, start + 40));
}
