/** Where the tokens of a reference stand in its text. */

import { escapePointer } from './document-node.ts';

/** A token of the pointer in a reference: `from` and `to` are offsets into the text of the reference. */
export interface PointerToken {
  readonly token: string;
  readonly from: number;
  readonly to: number;
  /** Where each character of the token begins in the text of the reference, and where the last one ends. */
  readonly at: readonly number[];
}

/** The tokens behind `#/`, each as it is meant; empty for a reference to a whole document or to an anchor. */
export function pointerTokens(reference: string): readonly PointerToken[] {
  const hash = reference.indexOf('#');
  if (hash < 0 || reference[hash + 1] !== '/') return [];
  const tokens: PointerToken[] = [];
  let from = hash + 2;
  for (const written of reference.slice(from).split('/')) {
    tokens.push(tokenAt(written, from));
    from += written.length + 1;
  }
  return tokens;
}

/** Undoes percent-encoding (RFC 3986 section 2.1), then the escapes of JSON pointers (RFC 6901 section 3). */
function tokenAt(written: string, from: number): PointerToken {
  const decoded = percentDecoded(written);
  let token = '';
  const at: number[] = [];
  for (let index = 0; index < decoded.text.length; index += 1) {
    at.push(from + (decoded.at[index] ?? 0));
    const isEscape = decoded.text[index] === '~' && /[01]/.test(decoded.text[index + 1] ?? '');
    token += isEscape ? (decoded.text[index + 1] === '1' ? '/' : '~') : (decoded.text[index] ?? '');
    if (isEscape) index += 1;
  }
  const to = from + written.length;
  return { token, from, to, at: [...at, to] };
}

function percentDecoded(written: string): { readonly text: string; readonly at: readonly number[] } {
  const at: number[] = [];
  let text = '';
  for (const { 0: piece, index } of written.matchAll(/(?:%[0-9a-f]{2})+|[^%]|%/gi)) {
    const plain = piece.length > 1 && piece.startsWith('%') ? decodedOctets(piece) : piece;
    if (plain === undefined) {
      // A stray `%` means that `%`.
      for (let unit = 0; unit < piece.length; unit += 1) at.push(index + unit);
      text += piece;
      continue;
    }
    let octet = index;
    for (const character of plain) {
      for (let unit = 0; unit < character.length; unit += 1) at.push(octet);
      octet += piece === plain ? character.length : 3 * new TextEncoder().encode(character).length;
    }
    text += plain;
  }
  return { text, at: [...at, written.length] };
}

function decodedOctets(octets: string): string | undefined {
  try {
    return decodeURIComponent(octets);
  } catch {
    return undefined;
  }
}

/** Characters that a URI fragment holds as they are (RFC 3986 section 3.5), beside letters and digits. */
const inFragment = /[^A-Za-z0-9\-._~!$&'()*+,;=:@/?]/g;

/** Writes a part of a token, with percent-encoding where the reference that it goes into has it. */
export function writeToken(text: string, reference: string): string {
  const escaped = escapePointer(text);
  const isEncoded = /%[0-9a-f]{2}/i.test(reference);
  return isEncoded || /[#%\s]/.test(escaped)
    ? escaped.replace(inFragment, (character) => encodeURIComponent(character))
    : escaped;
}
