/** JSON with comments and trailing commas, as tsconfig.json and its kin are written. */

import { createScanner, parse } from 'jsonc-parser';
import { MAX_DEPTH, MAX_JSON_LENGTH } from './limits.ts';

/** The value of a text, as far as it can be read; undefined where nothing can. Places are not kept. */
export function parseJsonc(text: string): unknown {
  const withoutMark = text.startsWith('\uFEFF') ? text.slice(1) : text;
  if (withoutMark.length > MAX_JSON_LENGTH || isTooDeep(withoutMark)) return undefined;
  const value: unknown = parse(withoutMark, [], { allowTrailingComma: true });
  return value;
}

/** The parser recurses, so that a text of nothing but brackets would end the stack. */
function isTooDeep(text: string): boolean {
  const scanner = createScanner(text, true);
  let depth = 0;
  scanner.scan();
  // Behind a comment that is not closed, the end of the text is told again and again, as a token with a length.
  // A string begins with its quote and is no bracket.
  for (; scanner.getTokenOffset() < text.length; scanner.scan()) {
    const first = text[scanner.getTokenOffset()];
    if (first === '{' || first === '[') depth += 1;
    if (first === '}' || first === ']') depth -= 1;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}
