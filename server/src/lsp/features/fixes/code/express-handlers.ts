/** Handlers for routes of Express that nobody has written yet, as those beside them are written. */

import { functionAt, parameterOf } from '../../../../code/edit/functions.ts';
import {
  indentAt,
  isFirstOnLine,
  lineEnd,
  partsOf,
  sliceOf,
  type Range,
  type Source,
} from '../../../../code/edit/source.ts';

/** `501`: says of itself that it does nothing yet (RFC 9110 section 15.6.2). */
function body(source: Source, response: string, indent: string, returns: boolean): string {
  const { eol, step, semicolons } = source;
  const end = semicolons ? ';' : '';
  return `{${eol}${indent}${step}${returns ? 'return ' : ''}${response}.sendStatus(501)${end}${eol}${indent}}`;
}

/** One that begins as the function at `first` does; undefined for what takes anything but a request and a response. */
function handlerLike(source: Source, first: number, indent: string): string | undefined {
  const model = functionAt(source, first);
  const [request, response] = model?.parameters ?? [];
  if (!model || !request || !response || model.parameters.length > 3) return undefined;
  const [req, res] = [parameterOf(source, request), parameterOf(source, response)];
  if (!req || !res) return undefined;
  const { returns } = model;
  if (returns !== undefined && !/^(?:void|any|unknown|Promise\s*<\s*(?:void|any|unknown)\s*>)$/.test(returns))
    return undefined;
  const typed = ({ name, type }: { readonly name: string; readonly type?: string }): string =>
    type === undefined ? name : `${name}: ${type}`;
  const list = `(${typed(req)}, ${typed(res)})${returns === undefined ? '' : `: ${returns}`}`;
  const returnsAnswer =
    returns === undefined && new RegExp(`\\breturn ${res.name}\\.`).test(sliceOf(source, model.body));
  const written = body(source, res.name, indent, returnsAnswer);
  const start = model.isAsync ? 'async ' : '';
  return model.isArrow ? `${start}${list} => ${written}` : `${start}function ${list} ${written}`;
}

/** An inline handler, also one in a wrapper: `asyncHandler(async (req, res) => { … })`. */
export function inlineLike(source: Source, part: Range, indent: string): string | undefined {
  const first = source.at(part.start);
  if (first === undefined) return undefined;
  const direct = handlerLike(source, first, indent);
  if (direct !== undefined)
    return direct.replace(/^(async )?function \(/, (_, start = '') => `${String(start)}function (`);
  const open = wrapperAt(source, first);
  const inner = open === undefined ? undefined : partsOf(source, open);
  const [only] = inner ?? [];
  const at = only && source.at(only.start);
  const bracket = source.tokens[open ?? -1];
  if (inner?.length !== 1 || at === undefined || !bracket) return undefined;
  const handler = handlerLike(source, at, indent);
  return handler === undefined ? undefined : `${source.text.slice(part.start, bracket.end)}${handler})`;
}

/** The bracket of `catchAsync(`, `utils.wrap(`. */
function wrapperAt({ tokens }: Source, first: number): number | undefined {
  if (/^(?:async|function)$/.test(tokens[first]?.text ?? '')) return undefined;
  let index = first;
  while (tokens[index]?.kind === 'name' && tokens[index + 1]?.text === '.') index += 2;
  return tokens[index]?.kind === 'name' && tokens[index + 1]?.text === '(' ? index + 1 : undefined;
}

type Edit = Range & { readonly text: string };

/**
 * A function `name` behind the function `model`, exported as that is. Undefined where that one is declared in another
 * way, or the name is taken.
 */
export function declareHandler(source: Source, model: string, name: string): readonly Edit[] | undefined {
  if (source.tokens.some(({ kind, text }) => kind === 'name' && text === name)) return undefined;
  const declarations = source.tokens.flatMap(
    (_, index) =>
      exportedFunction(source, index, model, name) ??
      assigned(source, index, model, name) ??
      constant(source, index, model, name) ??
      [],
  );
  return declarations.length === 0 ? undefined : declarations;
}

/** `export async function list(req, res) { … }`, its name at `index`. */
function exportedFunction(
  source: Source,
  index: number,
  model: string,
  name: string,
): readonly Edit[] | undefined {
  const { tokens, text } = source;
  if (tokens[index]?.text !== model || tokens[index - 1]?.text !== 'function') return undefined;
  const first = tokens[index - 2]?.text === 'async' ? index - 2 : index - 1;
  const isExported = tokens[first - 1]?.text === 'export';
  const start = tokens[isExported ? first - 1 : first];
  const known = functionAt(source, first);
  const handler = known && handlerLike(source, first, '');
  if (!start || !known || handler === undefined || !isFirstOnLine(text, start.start)) return undefined;
  const written = `${isExported ? 'export ' : ''}${handler.replace('function (', `function ${name}(`)}`;
  return behind(
    source,
    known.body.end,
    written,
    isExported ? undefined : exportEdit(source, model, name),
    isExported,
  );
}

/** `exports.list = async (req, res) => { … };`, `module.exports.list = wrap(…);`, the name at `index`. */
function assigned(source: Source, index: number, model: string, name: string): readonly Edit[] | undefined {
  const { tokens, text } = source;
  if (tokens[index]?.text !== model || tokens[index + 1]?.text !== '=' || tokens[index - 1]?.text !== '.')
    return undefined;
  let start = index;
  while (tokens[start - 1]?.text === '.' && tokens[start - 2]?.kind === 'name') start -= 2;
  const [begin, property] = [tokens[start], tokens[index]];
  if (!begin || !property || !isFirstOnLine(text, begin.start)) return undefined;
  const target = text.slice(begin.start, property.start);
  if (!/^(?:module\s*\.\s*)?exports\s*\.\s*$/.test(target)) return undefined;
  return statementBehind(source, index + 2, `${target}${name} = `, undefined, true);
}

/** `export const list = async (req, res) => { … };`, or without `export` and named in `module.exports = { … }`. */
function constant(source: Source, index: number, model: string, name: string): readonly Edit[] | undefined {
  const { tokens, text } = source;
  const [named, keyword] = [tokens[index], tokens[index - 1]];
  if (named?.text !== model || keyword?.text !== 'const') return undefined;
  const isExported = tokens[index - 2]?.text === 'export';
  const begin = isExported ? tokens[index - 2] : keyword;
  // A type may stand between: `const list: RequestHandler = …`.
  const equals = tokens.findIndex(({ text: sign }, at) => at > index && /^(?:=|;|\{|\()$/.test(sign));
  const sign = tokens[equals];
  if (!begin || sign?.text !== '=' || !isFirstOnLine(text, begin.start)) return undefined;
  const head = `${isExported ? 'export ' : ''}const ${name}${text.slice(named.end, sign.start).trimEnd()} = `;
  return statementBehind(
    source,
    equals + 1,
    head,
    isExported ? undefined : exportEdit(source, model, name),
    isExported,
  );
}

/** `head` and a handler like the one at `first`, behind the statement that this one is the value of. */
function statementBehind(
  source: Source,
  first: number,
  head: string,
  exported: Edit | undefined,
  isExported: boolean,
): readonly Edit[] | undefined {
  const { tokens, semicolons } = source;
  const value = tokens[first];
  const open = wrapperAt(source, first);
  const end = open === undefined ? functionAt(source, first)?.body.end : tokens[source.pair(open) ?? -1]?.end;
  const handler =
    value && end !== undefined ? inlineLike(source, { start: value.start, end }, '') : undefined;
  if (end === undefined || handler === undefined) return undefined;
  const after = tokens.find(({ start }) => start >= end);
  const stop = after?.text === ';' && after.start === end ? after.end : end;
  return behind(source, stop, `${head}${handler}${semicolons ? ';' : ''}`, exported, isExported);
}

function behind(
  { text, eol }: Source,
  offset: number,
  written: string,
  exported: Edit | undefined,
  isExported: boolean,
): readonly Edit[] | undefined {
  const end = lineEnd(text, offset);
  if (end === undefined || (!isExported && !exported)) return undefined;
  return [{ start: end, end, text: `${eol}${eol}${written}` }, ...(exported ? [exported] : [])];
}

/** In `module.exports = { list }` or `export { list }`, beside the other one. */
function exportEdit(source: Source, model: string, name: string): Edit | undefined {
  const { tokens } = source;
  const open = tokens.findIndex(
    ({ text }, index) =>
      text === '{' &&
      ((tokens[index - 1]?.text === '=' && tokens[index - 2]?.text === 'exports') ||
        tokens[index - 1]?.text === 'export'),
  );
  return open < 0 ? undefined : besideIn(source, open, model, name);
}

/** `name` in a list of names between braces that has `model`: in the order of the list if it has one, else behind that. */
export function besideIn(source: Source, open: number, model: string, name: string): Edit | undefined {
  const parts = partsOf(source, open) ?? [];
  const names = parts.map((part) => sliceOf(source, part));
  const known = names.indexOf(model);
  const isSorted = names.every((each, index) => index === 0 || (names[index - 1] ?? '') < each);
  const at = isSorted && names.length > 1 ? names.findLastIndex((each) => each < name) : known;
  const beside = parts[Math.max(at, 0)];
  if (known < 0 || !beside) return undefined;
  const isOnLines = isFirstOnLine(source.text, beside.start);
  const gap = isOnLines ? `${source.eol}${indentAt(source.text, beside.start)}` : ' ';
  return at < 0
    ? { start: beside.start, end: beside.start, text: `${name},${gap}` }
    : { start: beside.end, end: beside.end, text: `,${gap}${name}` };
}
