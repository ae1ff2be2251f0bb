/** Lowers written types. */

import { ts } from '@ts-morph/common';
import type { TypeExpr, TypeMember } from '../program/program.ts';
import { startOf, type Lowering } from './lower.ts';

const { SyntaxKind } = ts;

export function typeParameterNames(parameters: ts.NodeArray<ts.TypeParameterDeclaration>): readonly string[] {
  return parameters.map((parameter) => parameter.name.text);
}

export function lowerType(lowering: Lowering, node: ts.TypeNode): TypeExpr {
  const at = { s: startOf(lowering, node), e: node.end };
  const lower = (child: ts.TypeNode): TypeExpr => lowerType(lowering, child);
  if (ts.isTypeReferenceNode(node)) {
    return { ...at, k: 'ref', name: entityName(node.typeName), args: (node.typeArguments ?? []).map(lower) };
  }
  if (ts.isExpressionWithTypeArguments(node)) {
    return { ...at, k: 'ref', name: expressionName(node.expression), args: (node.typeArguments ?? []).map(lower) };
  }
  if (ts.isImportTypeNode(node)) return { ...at, k: 'unsupported', what: 'import type' };
  if (ts.isArrayTypeNode(node)) return { ...at, k: 'array', item: lower(node.elementType) };
  if (ts.isTupleTypeNode(node)) {
    return { ...at, k: 'tuple', items: node.elements.map((element) => lower(ts.isNamedTupleMember(element) ? element.type : element)) };
  }
  if (ts.isUnionTypeNode(node)) return { ...at, k: 'union', of: node.types.map(lower) };
  if (ts.isIntersectionTypeNode(node)) return { ...at, k: 'inter', of: node.types.map(lower) };
  if (ts.isParenthesizedTypeNode(node)) return lower(node.type);
  if (ts.isOptionalTypeNode(node) || ts.isRestTypeNode(node)) return lower(node.type);
  if (ts.isTypeLiteralNode(node)) return { ...at, k: 'obj', ...lowerTypeMembers(lowering, node.members) };
  if (ts.isLiteralTypeNode(node)) {
    const { literal } = node;
    if (ts.isStringLiteralLike(literal)) return { ...at, k: 'lit', v: literal.text };
    if (ts.isNumericLiteral(literal)) return { ...at, k: 'lit', v: Number(literal.text) };
    if (literal.kind === SyntaxKind.TrueKeyword || literal.kind === SyntaxKind.FalseKeyword) {
      return { ...at, k: 'lit', v: literal.kind === SyntaxKind.TrueKeyword };
    }
    if (literal.kind === SyntaxKind.NullKeyword) return { ...at, k: 'kw', name: 'null' };
    return { ...at, k: 'unsupported', what: 'literal type' };
  }
  if (ts.isFunctionTypeNode(node) || ts.isConstructorTypeNode(node)) return { ...at, k: 'fnType' };
  if (ts.isTypeQueryNode(node)) return { ...at, k: 'typeof', name: entityName(node.exprName) };
  if (ts.isTypeOperatorNode(node)) {
    return node.operator === SyntaxKind.KeyOfKeyword ? { ...at, k: 'keyof', x: lower(node.type) } : lower(node.type);
  }
  if (ts.isIndexedAccessTypeNode(node)) {
    return { ...at, k: 'indexed', x: lower(node.objectType), key: lower(node.indexType) };
  }
  const keyword = ts.tokenToString(node.kind);
  return keyword === undefined ? { ...at, k: 'unsupported', what: SyntaxKind[node.kind] } : { ...at, k: 'kw', name: keyword };
}

export function lowerTypeMembers(
  lowering: Lowering,
  nodes: ts.NodeArray<ts.TypeElement>,
): { readonly members: readonly TypeMember[]; readonly index?: TypeExpr } {
  const members: TypeMember[] = [];
  let index: TypeExpr | undefined;
  for (const node of nodes) {
    const at = { s: startOf(lowering, node), e: node.end };
    if (ts.isIndexSignatureDeclaration(node)) index = lowerType(lowering, node.type);
    const name = node.name && (ts.isIdentifier(node.name) || ts.isStringLiteralLike(node.name)) ? node.name.text : undefined;
    if (name === undefined) continue;
    const optional = 'questionToken' in node && node.questionToken ? { optional: true as const } : {};
    if (ts.isPropertySignature(node)) {
      members.push({ ...at, name, t: node.type ? lowerType(lowering, node.type) : { ...at, k: 'kw', name: 'any' }, ...optional });
    } else if (ts.isMethodSignature(node)) {
      members.push({ ...at, name, t: { ...at, k: 'fnType' }, ...optional });
    }
  }
  return { members, ...(index && { index }) };
}

function entityName(node: ts.EntityName): string {
  return ts.isIdentifier(node) ? node.text : `${entityName(node.left)}.${node.right.text}`;
}

function expressionName(node: ts.Expression): string {
  if (ts.isIdentifier(node)) return node.text;
  return ts.isPropertyAccessExpression(node) ? `${expressionName(node.expression)}.${node.name.text}` : '';
}
