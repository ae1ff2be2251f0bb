/** Names of a specification, by what they name: what no grammar of lines can tell. */

import type { DocNode } from '../../contract/facts.ts';
import type { Span } from '../../contract/span.ts';
import type { Kind, Role } from '../../specs/openapi/vocabulary/model.ts';
import { booleanOf, entryOf, valueOf } from '../../text/document-node.ts';
import type { FeatureIndex } from './feature-index.ts';
import { kindOf, roleOf, seenValues, type SeenValue } from './visible-values.ts';

/** Standard types and modifiers of the protocol: every theme has colours for them. */
export const tokenTypes = [
  'type',
  'property',
  'parameter',
  'function',
  'enumMember',
  'variable',
  'class',
] as const;
export const tokenModifiers = ['declaration', 'deprecated'] as const;

export type TokenType = (typeof tokenTypes)[number];

export interface SemanticToken {
  /** A name on one line, without quotes. */
  readonly at: Span;
  readonly type: TokenType;
  readonly modifiers: readonly (typeof tokenModifiers)[number][];
}

/** Names of components and the like, by what they stand for. */
const byKind: Partial<Record<Kind, TokenType>> = {
  schema: 'type',
  parameter: 'parameter',
  header: 'parameter',
  securityScheme: 'class',
  serverVariable: 'variable',
  response: 'variable',
  requestBody: 'variable',
  example: 'variable',
  link: 'variable',
  pathItem: 'variable',
  mediaType: 'variable',
};

const byRole: Partial<Record<Role, TokenType>> = {
  scheme: 'class',
  scope: 'enumMember',
  tag: 'enumMember',
  operationId: 'function',
  property: 'property',
  propertyName: 'property',
  parameterName: 'parameter',
  headerName: 'parameter',
  variable: 'variable',
  mapping: 'type',
};

/** Keys whose text gives an object its name. */
const naming: Partial<Record<Kind, readonly [key: string, type: TokenType]>> = {
  operation: ['operationId', 'function'],
  tag: ['name', 'enumMember'],
};

/** Top to bottom, none within another. */
export function semanticTokens(index: FeatureIndex, span: Span): readonly SemanticToken[] {
  const text = index.ready.textOf(span.file) ?? '';
  const found = (seenValues(index, span)?.values ?? []).flatMap((seen) => tokensOf(seen, text));
  return found
    .filter(({ at }) => at.start <= span.end && at.end >= span.start)
    .sort((a, b) => a.at.start - b.at.start);
}

function tokensOf(seen: SeenValue, text: string): readonly SemanticToken[] {
  const { file, entry, keyRole, node } = seen;
  const kind = kindOf(seen);
  const tokens: SemanticToken[] = [];
  const add = (
    { start, end }: Pick<DocNode, 'start' | 'end'>,
    type: TokenType | undefined,
    declaration: boolean,
  ): void => {
    const isQuoted = /["']/.test(text[start] ?? '');
    const at = { file, start: isQuoted ? start + 1 : start, end: isQuoted ? end - 1 : end };
    if (!type || at.end <= at.start || /[\r\n]/.test(text.slice(at.start, at.end))) return;
    const isDeprecated = booleanOf(valueOf(node, 'deprecated')) === true;
    const modifiers = [
      ...(declaration ? (['declaration'] as const) : []),
      ...(isDeprecated ? (['deprecated'] as const) : []),
    ];
    tokens.push({ at, type, modifiers });
  };
  if (entry && keyRole) {
    const key = { start: entry.keyStart, end: entry.keyEnd };
    add(key, keyType(keyRole, kind), keyRole !== 'scheme' && keyRole !== 'mapping');
  }
  const [key = '', type] = (kind && naming[kind]) ?? [];
  const name = type && entryOf(node, key)?.value;
  if (name?.kind === 'scalar') add(name, type, true);
  const role = roleOf(seen);
  if (role) add(node, byRole[role], false);
  return tokens;
}

function keyType(role: Role, kind: Kind | undefined): TokenType | undefined {
  return role === 'name' ? kind && byKind[kind] : byRole[role];
}
