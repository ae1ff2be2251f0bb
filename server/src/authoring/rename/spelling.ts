/** What names may look like, in the words of the specification. */

import type { SymbolKind } from '../symbols/model.ts';

interface Spelling {
  readonly pattern: RegExp;
  readonly words: string;
}

const component: Spelling = {
  pattern: /^[A-Za-z0-9._-]+$/,
  words: 'Names of components are made of letters, digits, ".", "_" and "-".',
};
const notEmpty: Spelling = { pattern: /^[^\n\r]+$/, words: 'A name is one line of text.' };

/** OpenAPI 3.1 sections 4.8.7 and 4.8.8.1; JSON Schema 2020-12 section 8.2.2; YAML 1.2 section 6.9.2. */
const spellings: Readonly<Record<SymbolKind, Spelling>> = {
  component,
  securityScheme: component,
  scope: {
    pattern: /^[\x21\x23-\x5b\x5d-\x7e]+$/,
    words: 'A scope has no spaces and no quotation marks (RFC 6749).',
  },
  property: notEmpty,
  pathParameter: {
    pattern: /^[^{}/?#\s]+$/,
    words: 'The name of a path parameter has no braces, "/", "?", "#" or spaces.',
  },
  pathSegment: {
    pattern: /^[^{}/?#\s]+$/,
    words: 'A segment of a path has no braces, "/", "?", "#" or spaces.',
  },
  operationId: notEmpty,
  tag: notEmpty,
  schemaAnchor: {
    pattern: /^[A-Za-z_][-A-Za-z0-9._]*$/,
    words: 'An anchor begins with a letter or "_", and goes on with letters, digits, "-", "_" and ".".',
  },
  yamlAnchor: { pattern: /^[^\s,[\]{}&*]+$/, words: 'An anchor of YAML has no spaces, commas or brackets.' },
  discriminatorValue: notEmpty,
  serverVariable: { pattern: /^[^{}\s]+$/, words: 'The name of a server variable has no braces or spaces.' },
  name: notEmpty,
};

/** A sentence for a name that cannot be one; undefined for one that can. */
export function faultOf(kind: SymbolKind, name: string): string | undefined {
  const { pattern, words } = spellings[kind];
  return pattern.test(name) ? undefined : words;
}
