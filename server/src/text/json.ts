/** JSON text to document nodes: one pass over the scanner of jsonc-parser, tolerant and without recursion. */

import type { TextRange } from '../contract/span.ts';
import { createScanner, type JSONScanner } from 'jsonc-parser';

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
type Expected = 'value' | 'key' | 'colon' | 'comma' | 'end';

/**
 * Reads a JSON document (RFC 8259). Comments, trailing and missing commas, missing values and unclosed brackets
 * are reported and read past. Undefined where there is no value at all.
 */
export function readJson(text: string, sink: ProblemSink): DocNode | undefined {
  return new JsonReader(text, sink).read();
}

class JsonReader {
  private readonly text: string;
  private readonly sink: ProblemSink;
  private readonly scanner: JSONScanner;
  private readonly open: (OpenMap | OpenSeq)[] = [];
  private root: DocNode | undefined;
  private expected: Expected = 'value';
  /** The comma that was read last, until something follows it. */
  private afterComma: TextRange | undefined;
  /** How many brackets are open that were too deep to be read. */
  private tooDeep = 0;
  private contentEnd = 0;

  constructor(text: string, sink: ProblemSink) {
    this.text = text;
    this.sink = sink;
    this.scanner = createScanner(text, false);
  }

  read(): DocNode | undefined {
    for (let token: number = this.scanner.scan(); token !== TOKEN.end; token = this.scanner.scan()) {
      const start = this.scanner.getTokenOffset();
      const at = { start, end: start + this.scanner.getTokenLength() };
      if (token === TOKEN.space || token === TOKEN.lineBreak) continue;
      if (token === TOKEN.lineComment || token === TOKEN.blockComment) this.comment(at);
      else if (this.tooDeep > 0) this.passOver(token);
      else if (this.expects('end')) {
        this.afterEnd(token, at);
        break;
      } else this.take(token, at);
    }
    const top = this.open.at(-1);
    if (top) {
      const { start } = top;
      this.syntax('The bracket that is opened here is never closed.', { start, end: start + 1 });
      this.closeDownTo(0);
    }
    return this.root;
  }

  private take(token: number, at: TextRange): void {
    const comma = this.afterComma;
    this.afterComma = undefined;
    switch (token) {
      case TOKEN.openBrace:
        return this.openBracket('map', at);
      case TOKEN.openBracket:
        return this.openBracket('seq', at);
      case TOKEN.closeBrace:
        return this.closeBracket('map', at, comma);
      case TOKEN.closeBracket:
        return this.closeBracket('seq', at, comma);
      case TOKEN.comma:
        return this.comma(at);
      case TOKEN.colon:
        if (this.expects('colon')) this.expected = 'value';
        else this.syntax('This colon is not expected here.', at);
        return;
      case TOKEN.string: {
        const isFaulty = this.scanner.getTokenError() !== 0;
        if (isFaulty) this.syntax('This string is not closed or has an invalid character.', at);
        return this.scalar(this.scanner.getTokenValue(), at, isFaulty);
      }
      case TOKEN.number:
        return this.scalar(Number(this.scanner.getTokenValue()), at);
      case TOKEN.true:
      case TOKEN.false:
        return this.scalar(token === TOKEN.true, at);
      case TOKEN.null:
        return this.scalar(null, at);
      case TOKEN.unknown:
        return this.unknown(at);
    }
  }

  private comment(at: TextRange): void {
    const message = 'JSON has no comments; other tools may refuse this file.';
    this.sink.addOnce('document/json-comment', message, at.start, at.end, 'warning');
  }

  private passOver(token: number): void {
    if (token === TOKEN.openBrace || token === TOKEN.openBracket) this.tooDeep++;
    else if (token === TOKEN.closeBrace || token === TOKEN.closeBracket) this.tooDeep--;
  }

  /** One bracket too many ends a document early: all that follows is one fault. */
  private afterEnd(token: number, at: TextRange): void {
    const isBracket = token === TOKEN.closeBrace || token === TOKEN.closeBracket;
    if (isBracket) this.nothingToClose(at);
    else this.syntax('The document has already ended.', at);
  }

  private openBracket(kind: 'map' | 'seq', at: TextRange): void {
    const { start, end } = at;
    if (this.expects('comma')) this.syntax('A comma is missing here.', at);
    if (this.expects('colon')) this.syntax('A colon is missing here.', at);
    const parent = this.open.at(-1);
    if (parent?.kind === 'map' && parent.key === undefined) {
      if (this.expects('key')) this.syntax('A key is missing here.', at);
      parent.key = { text: '', start, end: start, isFaulty: true };
    }
    if (this.open.length >= MAX_DEPTH) {
      const message = `Nested deeper than ${MAX_DEPTH} levels; what is inside was not read.`;
      this.sink.addOnce('document/too-deep', message, start, end, 'warning');
      this.place({ kind: 'scalar', value: null, start, end });
      this.tooDeep = 1;
    } else if (kind === 'map') {
      this.open.push({ kind, entries: [], start, keys: new Map() });
      this.expected = 'key';
    } else {
      this.open.push({ kind, items: [], start });
      this.expected = 'value';
    }
  }

  private closeBracket(kind: 'map' | 'seq', at: TextRange, comma: TextRange | undefined): void {
    if (comma) {
      const message = 'JSON allows no comma after the last item.';
      this.sink.addOnce('document/json-trailing-comma', message, comma.start, comma.end, 'warning');
    }
    const depth = this.open.findLastIndex((container) => container.kind === kind);
    if (depth === -1) return this.nothingToClose(at);
    if (depth !== this.open.length - 1) {
      const bracket = this.text.slice(at.start, at.end);
      this.syntax(`The bracket that was opened last is not closed before "${bracket}".`, at);
      this.closeDownTo(depth + 1);
    }
    this.close(at.end);
  }

  private comma(at: TextRange): void {
    const parent = this.open.at(-1);
    if (parent?.kind === 'map' && parent.key) this.missingValue();
    else if (!this.expects('comma')) this.syntax('There is nothing in front of this comma.', at);
    if (!parent) return;
    this.expected = parent.kind === 'map' ? 'key' : 'value';
    this.afterComma = at;
  }

  /** Text without quotes, or what is no part of the grammar. */
  private unknown(at: TextRange): void {
    // A byte order mark is the only character outside of the grammar that is harmless.
    if (at.start === 0 && this.text.charCodeAt(0) === 0xfeff) return;
    const excerpt = this.text.slice(at.start, Math.min(at.end, at.start + 40));
    if (!this.expects('key') && !this.expects('value')) {
      this.syntax(`"${excerpt}" is not expected here.`, at);
      return;
    }
    this.syntax(`"${excerpt}" needs double quotes.`, at);
    this.scalar(this.text.slice(at.start, at.end), at, true);
  }

  private scalar(value: string | number | boolean | null, at: TextRange, isFaulty = false): void {
    const parent = this.open.at(-1);
    // A colon behind it makes it a key: the one before is still being typed.
    if (parent?.kind === 'map' && parent.key && typeof value === 'string' && this.isBeforeColon(at.end)) {
      this.missingValue();
      this.expected = 'key';
    }
    if (this.expects('comma') && parent) {
      this.syntax('A comma is missing here.', at);
      this.expected = parent.kind === 'map' ? 'key' : 'value';
    }
    if (this.expects('key') && parent?.kind === 'map') {
      if (typeof value !== 'string') this.syntax('Keys must be strings in double quotes.', at);
      parent.key = { text: String(value), ...at, isFaulty };
      this.expected = 'colon';
      return;
    }
    if (this.expects('colon')) {
      this.syntax('A colon is missing here.', at);
      this.expected = 'value';
    }
    this.place({ kind: 'scalar', value, ...at });
  }

  /** Puts a value that ended where it belongs. */
  private place(node: DocNode): void {
    this.contentEnd = node.end;
    const parent = this.open.at(-1);
    if (parent === undefined) {
      this.root = node;
      this.expected = 'end';
      return;
    }
    this.expected = 'comma';
    if (parent.kind === 'seq') {
      parent.items.push(node);
      return;
    }
    const key = parent.key;
    if (key === undefined) return;
    delete parent.key;
    const entry: DocEntry = { key: key.text, keyStart: key.start, keyEnd: key.end, value: node };
    const earlier = parent.keys.get(key.text);
    if (earlier) reportDuplicateKey(this.sink, this.text, key.text, { start: earlier.keyStart }, key);
    else parent.keys.set(key.text, entry);
    parent.entries.push(entry);
  }

  /** A key that nothing follows has null for a value, where the key ends. */
  private missingValue(): void {
    const parent = this.open.at(-1);
    if (parent?.kind !== 'map' || parent.key === undefined) return;
    const { text, end, isFaulty } = parent.key;
    if (!isFaulty) this.syntax(`The key "${text}" has no value.`, parent.key);
    this.place({ kind: 'scalar', value: null, start: end, end });
  }

  private close(end: number): void {
    this.missingValue();
    const top = this.open.pop();
    if (top === undefined) return;
    const { start } = top;
    this.place(
      top.kind === 'map'
        ? { kind: 'map', entries: top.entries, start, end }
        : { kind: 'seq', items: top.items, start, end },
    );
  }

  /** Closes brackets that nothing closes, until this many are open. */
  private closeDownTo(count: number): void {
    for (let top = this.open.at(-1); top && this.open.length > count; top = this.open.at(-1))
      this.close(Math.max(this.contentEnd, top.start + 1));
  }

  private expects(what: Expected): boolean {
    return this.expected === what;
  }

  private syntax(message: string, { start, end }: TextRange): void {
    this.sink.add('document/json-syntax', message, start, end);
  }

  private nothingToClose(at: TextRange): void {
    this.syntax(`There is nothing that "${this.text.slice(at.start, at.end)}" could close.`, at);
  }

  private isBeforeColon(end: number): boolean {
    const colon = /\s*:/y;
    colon.lastIndex = end;
    return colon.test(this.text);
  }
}

/** Is every bracket outside of strings and comments closed by one of its kind? */
export function hasBalancedBrackets(text: string): boolean {
  const scanner = createScanner(text, true);
  const open: number[] = [];
  for (let token: number = scanner.scan(); token !== TOKEN.end; token = scanner.scan()) {
    if (token === TOKEN.openBrace || token === TOKEN.openBracket) open.push(token + 1);
    else if ((token === TOKEN.closeBrace || token === TOKEN.closeBracket) && open.pop() !== token)
      return false;
  }
  return open.length === 0;
}
