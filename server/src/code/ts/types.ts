/** Lowers written types. */

import type { ts } from '@ts-morph/common';
import type { TypeExpr, TypeMember } from '../program/program.ts';
import { docTags } from './doc-tags.ts';
import { startOf, type Lowering } from './lower.ts';
import {
  isArrayTypeNode,
  isConstructorTypeNode,
  isExpressionWithTypeArguments,
  isFunctionTypeNode,
  isIdentifier,
  isImportTypeNode,
  isIndexSignatureDeclaration,
  isIndexedAccessTypeNode,
  isIntersectionTypeNode,
  isLiteralTypeNode,
  isMappedTypeNode,
  isMethodSignature,
  isNamedTupleMember,
  isNumericLiteral,
  isOptionalTypeNode,
  isParenthesizedTypeNode,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isPropertySignature,
  isRestTypeNode,
  isStringLiteralLike,
  isTemplateLiteralTypeNode,
  isTupleTypeNode,
  isTypeLiteralNode,
  isTypeOperatorNode,
  isTypeQueryNode,
  isTypeReferenceNode,
  isUnionTypeNode,
  tokenToString,
  nameOfKind,
  Kind,
} from './syntax.ts';

export function typeParameterNames(parameters: ts.NodeArray<ts.TypeParameterDeclaration>): readonly string[] {
  return parameters.map((parameter) => parameter.name.text);
}

export function lowerType(lowering: Lowering, node: ts.TypeNode): TypeExpr {
  const s = startOf(lowering, node);
  const e = node.end;
  const lower = (child: ts.TypeNode): TypeExpr => lowerType(lowering, child);
  if (isTypeReferenceNode(node)) {
    return { s, e, k: 'ref', name: entityName(node.typeName), args: (node.typeArguments ?? []).map(lower) };
  }
  if (isExpressionWithTypeArguments(node)) {
    return {
      s,
      e,
      k: 'ref',
      name: expressionName(node.expression),
      args: (node.typeArguments ?? []).map(lower),
    };
  }
  if (isImportTypeNode(node)) return lowerImportType(lowering, node);
  if (isArrayTypeNode(node)) return { s, e, k: 'array', item: lower(node.elementType) };
  if (isTupleTypeNode(node)) {
    return {
      s,
      e,
      k: 'tuple',
      items: node.elements.map((element) => lower(isNamedTupleMember(element) ? element.type : element)),
    };
  }
  if (isUnionTypeNode(node)) return { s, e, k: 'union', of: node.types.map(lower) };
  if (isIntersectionTypeNode(node)) return { s, e, k: 'inter', of: node.types.map(lower) };
  if (isParenthesizedTypeNode(node)) return lower(node.type);
  if (isOptionalTypeNode(node) || isRestTypeNode(node)) return lower(node.type);
  if (isTypeLiteralNode(node)) return { s, e, k: 'obj', ...lowerTypeMembers(lowering, node.members) };
  if (isLiteralTypeNode(node)) {
    const { literal } = node;
    if (isStringLiteralLike(literal)) return { s, e, k: 'lit', v: literal.text };
    if (isNumericLiteral(literal)) return { s, e, k: 'lit', v: Number(literal.text) };
    if (isPrefixUnaryExpression(literal) && isNumericLiteral(literal.operand)) {
      const sign = tokenToString(literal.operator) === '-' ? -1 : 1;
      return { s, e, k: 'lit', v: sign * Number(literal.operand.text) };
    }
    if (literal.kind === Kind.TrueKeyword || literal.kind === Kind.FalseKeyword) {
      return { s, e, k: 'lit', v: literal.kind === Kind.TrueKeyword };
    }
    if (literal.kind === Kind.NullKeyword) return { s, e, k: 'kw', name: 'null' };
    return { s, e, k: 'unsupported', what: 'literal type' };
  }
  if (isFunctionTypeNode(node)) return { s, e, k: 'fnType', returns: lower(node.type) };
  if (isConstructorTypeNode(node)) return { s, e, k: 'fnType' };
  if (isTemplateLiteralTypeNode(node)) return { s, e, k: 'template' };
  if (isMappedTypeNode(node)) return lowerMappedType(lowering, node);
  if (isTypeQueryNode(node)) return { s, e, k: 'typeof', name: entityName(node.exprName) };
  if (isTypeOperatorNode(node)) {
    return node.operator === Kind.KeyOfKeyword ? { s, e, k: 'keyof', x: lower(node.type) } : lower(node.type);
  }
  if (isIndexedAccessTypeNode(node)) {
    return { s, e, k: 'indexed', x: lower(node.objectType), key: lower(node.indexType) };
  }
  const keyword = tokenToString(node.kind);
  return keyword === undefined
    ? { s, e, k: 'unsupported', what: nameOfKind(node.kind) }
    : { s, e, k: 'kw', name: keyword };
}

export function lowerTypeMembers(
  lowering: Lowering,
  nodes: ts.NodeArray<ts.TypeElement>,
): { readonly members: readonly TypeMember[]; readonly index?: TypeExpr } {
  const members: TypeMember[] = [];
  let index: TypeExpr | undefined;
  for (const node of nodes) {
    const s = startOf(lowering, node);
    const e = node.end;
    if (isIndexSignatureDeclaration(node)) index = lowerType(lowering, node.type);
    const name =
      node.name && (isIdentifier(node.name) || isStringLiteralLike(node.name)) ? node.name.text : undefined;
    if (name === undefined) continue;
    const optional = 'questionToken' in node && node.questionToken ? { optional: true as const } : {};
    if (isPropertySignature(node)) {
      const tags = docTags(lowering, node);
      members.push({
        s,
        e,
        name,
        t: node.type ? lowerType(lowering, node.type) : { s, e, k: 'kw', name: 'any' },
        ...optional,
        ...(tags.length > 0 && { tags }),
      });
    } else if (isMethodSignature(node)) {
      const returns = node.type && { returns: lowerType(lowering, node.type) };
      members.push({ s, e, name, t: { s, e, k: 'fnType', ...returns }, ...optional });
    }
  }
  return { members, ...(index && { index }) };
}

/** `import('./user').User`, `typeof import('./user')`. */
function lowerImportType(lowering: Lowering, node: ts.ImportTypeNode): TypeExpr {
  const place = { s: startOf(lowering, node), e: node.end };
  const from = isLiteralTypeNode(node.argument) ? node.argument.literal : undefined;
  if (node.isTypeOf || !from || !isStringLiteralLike(from))
    return { ...place, k: 'unsupported', what: 'import type' };
  return {
    ...place,
    k: 'ref',
    name: node.qualifier ? entityName(node.qualifier) : '',
    args: (node.typeArguments ?? []).map((type) => lowerType(lowering, type)),
    from: from.text,
  };
}

function lowerMappedType(lowering: Lowering, node: ts.MappedTypeNode): TypeExpr {
  const place = { s: startOf(lowering, node), e: node.end };
  const { constraint, name } = node.typeParameter;
  if (node.nameType || !constraint || !node.type)
    return { ...place, k: 'unsupported', what: 'mapped type with renamed keys' };
  return {
    ...place,
    k: 'mapped',
    param: name.text,
    keys: lowerType(lowering, constraint),
    t: lowerType(lowering, node.type),
    ...(node.questionToken && { optional: tokenToString(node.questionToken.kind) === '-' ? '-' : '+' }),
  };
}

function entityName(node: ts.EntityName): string {
  return isIdentifier(node) ? node.text : `${entityName(node.left)}.${node.right.text}`;
}

function expressionName(node: ts.Expression): string {
  if (isIdentifier(node)) return node.text;
  return isPropertyAccessExpression(node) ? `${expressionName(node.expression)}.${node.name.text}` : '';
}
