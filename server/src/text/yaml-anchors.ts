/** Anchors and aliases of a YAML text. */

import { Lexer } from 'yaml';

/** Offsets are those of the names, behind `&` and `*`. */
export interface YamlAnchor {
  readonly name: string;
  readonly definition: number;
  readonly uses: readonly number[];
}

/** An alias means the last anchor of its name above it (YAML 1.2, section 7.1). */
export function yamlAnchors(text: string): readonly YamlAnchor[] {
  if (!/(?:^|[\s[{,])&[^\s,[\]{}&]/.test(text) || /^\uFEFF?\s*[{[]/.test(text)) return [];
  const anchors: { name: string; definition: number; uses: number[] }[] = [];
  const latest = new Map<string, { uses: number[] }>();
  let offset = 0;
  let isScalar = false;
  for (const token of new Lexer().lex(text)) {
    // The lexer puts marks of its own between the pieces of the text.
    if (token === '\u0002' || token === '\u0018' || token === '\u001f') {
      if (token === '\u0002') latest.clear();
      isScalar = token === '\u001f';
      continue;
    }
    const name = token.slice(1);
    if (!isScalar && token.startsWith('&') && name !== '') {
      const anchor = { name, definition: offset + 1, uses: [] };
      anchors.push(anchor);
      latest.set(name, anchor);
    } else if (!isScalar && token.startsWith('*') && name !== '') latest.get(name)?.uses.push(offset + 1);
    isScalar = false;
    offset += token.length;
  }
  return anchors;
}
