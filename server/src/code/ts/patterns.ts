/** Lowers what names are bound by: parameters, destructuring, the left side of an assignment. */

import type { ts } from '@ts-morph/common';
import type { DocTag, Param, Pattern } from '../program/program.ts';
import { lowerDecorators } from './classes.ts';
import { lowerExpression, lowerKey } from './expressions.ts';
import { tagsOfParameter } from './doc-tags.ts';
import { type Lowering, startOf } from './lower.ts';
import {
  getModifiers,
  isArrayBindingPattern,
  isArrayLiteralExpression,
  isBinaryExpression,
  isBindingElement,
  isIdentifier,
  isObjectLiteralExpression,
  isOmittedExpression,
  isParameterPropertyDeclaration,
  isParenthesizedExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isSpreadElement,
  Kind,
} from './syntax.ts';
import { lowerType } from './types.ts';

export function isThisParameter(node: ts.ParameterDeclaration): boolean {
  return isIdentifier(node.name) && node.name.text === 'this';
}

/** @param tags Those of the comment of its function. */
export function lowerParam(
  lowering: Lowering,
  node: ts.ParameterDeclaration,
  tags: readonly DocTag[],
): Param {
  const s = startOf(lowering, node);
  const e = node.end;
  const name = lowerBinding(lowering, node.name);
  const decorators = lowerDecorators(lowering, node);
  const own = tagsOfParameter(tags, isIdentifier(node.name) ? node.name.text : undefined);
  return {
    s,
    e,
    to: node.initializer
      ? { s, e, k: 'dflt', to: name, v: lowerExpression(lowering, node.initializer) }
      : name,
    ...(node.type && { type: lowerType(lowering, node.type) }),
    ...((node.questionToken ?? node.initializer) && { optional: true as const }),
    ...(node.dotDotDotToken && { rest: true as const }),
    ...(decorators.length > 0 && { decorators }),
    ...(isParameterPropertyDeclaration(node, node.parent ?? node) || hasPropertyModifier(node)
      ? { property: true as const }
      : {}),
    ...(own.length > 0 && { tags: own }),
  };
}

// Source files are parsed without parent links, so `isParameterPropertyDeclaration` alone cannot tell.
function hasPropertyModifier(node: ts.ParameterDeclaration): boolean {
  return (
    getModifiers(node)?.some(
      ({ kind }) =>
        kind === Kind.PublicKeyword ||
        kind === Kind.PrivateKeyword ||
        kind === Kind.ProtectedKeyword ||
        kind === Kind.ReadonlyKeyword,
    ) ?? false
  );
}

export function lowerBinding(lowering: Lowering, node: ts.BindingName): Pattern {
  const s = startOf(lowering, node);
  const e = node.end;
  if (isIdentifier(node)) return { s, e, k: 'name', name: node.text };
  if (isArrayBindingPattern(node)) {
    const rest = node.elements.find((element) => isBindingElement(element) && element.dotDotDotToken);
    return {
      s,
      e,
      k: 'arrPat',
      items: node.elements
        .filter((element) => element !== rest)
        .map((element) => (isBindingElement(element) ? lowerElement(lowering, element) : null)),
      ...(rest && isBindingElement(rest) && { rest: lowerBinding(lowering, rest.name) }),
    };
  }
  const rest = node.elements.find((element) => element.dotDotDotToken);
  return {
    s,
    e,
    k: 'objPat',
    props: node.elements
      .filter((element) => element !== rest)
      .map((element) => ({
        s: startOf(lowering, element),
        e: (element.propertyName ?? element.name).end,
        key: lowerKey(lowering, element.propertyName ?? element.name),
        to: lowerElement(lowering, element),
      })),
    ...(rest && { rest: lowerBinding(lowering, rest.name) }),
  };
}

function lowerElement(lowering: Lowering, node: ts.BindingElement): Pattern {
  const to = lowerBinding(lowering, node.name);
  if (!node.initializer) return to;
  return {
    s: startOf(lowering, node),
    e: node.end,
    k: 'dflt',
    to,
    v: lowerExpression(lowering, node.initializer),
  };
}

/** The left side of an assignment. */
export function lowerTarget(lowering: Lowering, node: ts.Expression): Pattern {
  const s = startOf(lowering, node);
  const e = node.end;
  if (isParenthesizedExpression(node)) return lowerTarget(lowering, node.expression);
  if (isIdentifier(node)) return { s, e, k: 'name', name: node.text };
  if (isBinaryExpression(node) && node.operatorToken.kind === Kind.EqualsToken) {
    return {
      s,
      e,
      k: 'dflt',
      to: lowerTarget(lowering, node.left),
      v: lowerExpression(lowering, node.right),
    };
  }
  if (isArrayLiteralExpression(node)) {
    return {
      s,
      e,
      k: 'arrPat',
      items: node.elements.map((element) =>
        isOmittedExpression(element) || isSpreadElement(element) ? null : lowerTarget(lowering, element),
      ),
    };
  }
  if (isObjectLiteralExpression(node)) {
    const props = node.properties.flatMap((property) => {
      if (isPropertyAssignment(property)) {
        return [
          {
            s: startOf(lowering, property),
            e: property.name.end,
            key: lowerKey(lowering, property.name),
            to: lowerTarget(lowering, property.initializer),
          },
        ];
      }
      if (!isShorthandPropertyAssignment(property)) return [];
      const to: Pattern = {
        s: startOf(lowering, property),
        e: property.name.end,
        k: 'name',
        name: property.name.text,
      };
      return [{ s: to.s, e: to.e, key: property.name.text, to }];
    });
    return { s, e, k: 'objPat', props };
  }
  return { s, e, k: 'target', x: lowerExpression(lowering, node) };
}
