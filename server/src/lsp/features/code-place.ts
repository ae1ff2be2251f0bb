/** What stands at a place of a source file: a registration, a handler, an input. */

import type { CodeOperation, Input } from '../../contract/operation.ts';
import type { FileId, Span } from '../../contract/span.ts';
import type { Entry } from '../../engine/entries.ts';
import type { FeatureIndex } from './feature-index.ts';

export type CodePlace =
  /** The call or decorator that registers the route. */
  | { readonly kind: 'registration'; readonly at: Span; readonly entries: readonly Entry[] }
  /** The name of the handler, where it is declared. */
  | { readonly kind: 'handler'; readonly at: Span; readonly entries: readonly Entry[] }
  /** Where a parameter is read or declared. */
  | { readonly kind: 'input'; readonly at: Span; readonly input: Input; readonly entries: readonly Entry[] };

export function codePlaceAt(index: FeatureIndex, file: FileId, offset: number): CodePlace | undefined {
  const entries = index.entriesIn(file).filter(({ code }) => code !== undefined);
  if (entries.length === 0) return undefined;
  const text = index.ready.textOf(file) ?? '';
  const registered = entriesWith(
    entries,
    offset,
    (code) => near(code.at, file, offset) && registrationSpan(code, file, text),
  );
  if (registered) return { kind: 'registration', ...registered };
  const handling = entriesWith(entries, offset, (code) => {
    const at = code.origin.handler?.at;
    return at !== undefined && near(at, file, offset) && handlerName(code, file, text);
  });
  if (handling) return { kind: 'handler', ...handling };
  return inputAt(entries, file, offset);
}

/** Names and arguments stand on a few lines around what is known of them. */
const reach = 400;

function near({ file, start, end }: Span, where: FileId, offset: number): boolean {
  return file === where && start - reach <= offset && offset <= end + reach;
}

/** The operations for which a span around the offset is found; many may share one. */
function entriesWith(
  entries: readonly Entry[],
  offset: number,
  spanOf: (code: CodeOperation) => Span | false | undefined,
): { readonly at: Span; readonly entries: readonly Entry[] } | undefined {
  const found: Entry[] = [];
  let at: Span | undefined;
  for (const entry of entries) {
    const span = entry.code && spanOf(entry.code);
    if (!span || offset < span.start || span.end < offset) continue;
    at ??= span;
    found.push(entry);
  }
  return at && { at, entries: found };
}

function inputAt(entries: readonly Entry[], file: FileId, offset: number): CodePlace | undefined {
  const reading = entries.flatMap((entry) => {
    const input = entry.code?.inputs.items.find(({ at }) => at.file === file && contains(at, offset));
    return input ? [{ entry, input }] : [];
  });
  const [first] = reading;
  if (!first) return undefined;
  const same = reading.filter(({ input }) => input.at.start === first.input.at.start);
  return { kind: 'input', at: first.input.at, input: first.input, entries: same.map(({ entry }) => entry) };
}

function contains(span: Span | undefined, offset: number): boolean {
  return span !== undefined && span.start <= offset && offset <= span.end;
}

/** From the method's name to the handlers: further than the place of findings, and never into the body of a function. */
export function registrationSpan({ at }: CodeOperation, file: FileId, text: string): Span | undefined {
  if (at.file !== file) return undefined;
  if (text[at.start] === '@') return at;
  let depth = openParentheses(text.slice(at.start, at.end));
  let end = at.end;
  for (let place = at.end; depth > 0 && place < text.length && place < at.end + reach; place += 1) {
    const char = text[place];
    if (char === '(' && /[(,\s]/.test(text[place - 1] ?? '')) break;
    if (
      char === '{' ||
      char === '=' ||
      char === '`' ||
      text.startsWith('function', place) ||
      text.startsWith('async', place)
    )
      break;
    if (char === '(' || char === '[') depth += 1;
    if (char === ')' || char === ']') depth -= 1;
    end = place + 1;
  }
  return { file, start: at.start, end: at.start + text.slice(at.start, end).replace(/[\s,]+$/, '').length };
}

function openParentheses(text: string): number {
  return text.split('(').length - text.split(')').length;
}

/** The declared name of the handler; undefined for a handler without one, and for one declared elsewhere. */
export function handlerName({ origin }: CodeOperation, file: FileId, text: string): Span | undefined {
  const { handler } = origin;
  if (handler?.at.file !== file) return undefined;
  const { start, end } = handler.at;
  const name = handler.name.split('.').at(-1) ?? handler.name;
  if (text.slice(start, end) === name) return handler.at;
  // A function is named in its head, an arrow function by what it is assigned to, on the same line.
  const head = /^[^({=]*/.exec(text.slice(start, Math.min(end, start + 200)))?.[0] ?? '';
  const inHead = wordIn(head, name);
  if (inHead !== undefined) return { file, start: start + inHead, end: start + inHead + name.length };
  // A name with dots is that of a method, or of what a function without a name calls.
  if (name !== handler.name) return undefined;
  const lineStart = Math.max(start - reach, text.lastIndexOf('\n', start - 1) + 1);
  const before = wordIn(text.slice(lineStart, start), name);
  return before === undefined
    ? undefined
    : { file, start: lineStart + before, end: lineStart + before + name.length };
}

function wordIn(text: string, word: string): number | undefined {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const isWord = !/[\w$]/.test(text[at - 1] ?? '') && !/[\w$]/.test(text[at + word.length] ?? '');
    if (isWord) return at;
  }
  return undefined;
}
