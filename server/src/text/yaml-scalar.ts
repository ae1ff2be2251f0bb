/** Values of YAML scalars under the core schema (YAML 1.2, section 10.3). */

import { CST } from 'yaml';

export type ScalarValue = string | number | boolean | null;

/** What the source of a scalar token means, before and after its type is resolved. */
export interface ScalarText {
  readonly text: string;
  readonly plain: boolean;
  readonly end: number;
}

type ScalarToken = CST.FlowScalar | CST.BlockScalar;

/** Unquotes, unfolds and unescapes. `onError` gets offsets into the whole text. */
export function scalarText(
  token: ScalarToken,
  onError: (offset: number, message: string) => void,
): ScalarText {
  const sourceEnd = token.offset + token.source.length;
  // Most scalars are short words on one line, for which the general resolution is a detour.
  if (token.type === 'scalar' && isSimple(token.source))
    return { text: token.source, plain: true, end: sourceEnd };
  if (token.type !== 'scalar' && token.type !== 'block-scalar' && isUnclosed(token.source)) {
    return {
      text: token.source.slice(1).trim(),
      plain: false,
      end: token.offset + token.source.trimEnd().length,
    };
  }
  const resolved = CST.resolveAsScalar(token, false, (offset, _code, message) => onError(offset, message));
  const text = resolved?.value ?? '';
  return token.type === 'block-scalar'
    ? { text, plain: false, end: endOfBlockScalar(token) }
    : { text, plain: token.type === 'scalar', end: sourceEnd };
}

/** The value of plain text without a tag, or with a tag of the core schema. Dates stay strings. */
export function plainValue(text: string, tag: string | undefined): ScalarValue {
  if (tag === 'tag:yaml.org,2002:str' || tag === '!!str' || tag === '!') return text;
  const first = text.charCodeAt(0);
  // Letters other than those of null, true and false cannot begin anything but a string.
  if (Number.isNaN(first)) return null;
  if (first >= 0x3a && !/^[ntf~]/i.test(text)) return text;
  if (/^(?:~|null|Null|NULL)$/.test(text)) return null;
  if (/^(?:true|True|TRUE)$/.test(text)) return true;
  if (/^(?:false|False|FALSE)$/.test(text)) return false;
  if (/^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/.test(text))
    return finite(Number(text), text);
  if (/^0o[0-7]+$/.test(text)) return finite(Number.parseInt(text.slice(2), 8), text);
  if (/^0x[0-9a-fA-F]+$/.test(text)) return finite(Number.parseInt(text.slice(2), 16), text);
  return text;
}

/** Facts survive JSON, which has no infinity. */
function finite(value: number, text: string): number | string {
  return Number.isFinite(value) ? value : text;
}

/** The general resolution would take the last character for the quotation mark that is not there. */
function isUnclosed(source: string): boolean {
  return source.length < 2 || source.at(-1) !== source[0];
}

function isSimple(source: string): boolean {
  const first = source.charCodeAt(0);
  const letterOrDigit =
    (first >= 0x61 && first <= 0x7a) ||
    (first >= 0x41 && first <= 0x5a) ||
    (first >= 0x30 && first <= 0x39) ||
    first === 0x2f;
  return letterOrDigit && !source.includes('\n');
}

/** The header and the lines up to the last one with content. */
function endOfBlockScalar(token: CST.BlockScalar): number {
  let end = token.offset;
  for (const prop of token.props) {
    if (prop.type === 'block-scalar-header') end = prop.offset + prop.source.length;
  }
  const body = token.source.trimEnd();
  if (body === '') return end;
  const last = token.props.at(-1);
  const bodyStart = last && 'source' in last ? last.offset + last.source.length : end;
  return bodyStart + body.length;
}
