/** Lowers classes and decorators. */

import type { ts } from '@ts-morph/common';
import type { ClassDecl, Decorator, Member } from '../program/program.ts';
import { lowerExpression, lowerFunction, lowerKey, lowerNamed, nameText } from './expressions.ts';
import { docTags } from './doc-tags.ts';
import { type Lowering, startOf } from './lower.ts';
import { lowerStatements } from './statements.ts';
import {
  canHaveDecorators,
  canHaveModifiers,
  getDecorators,
  getModifiers,
  isClassStaticBlockDeclaration,
  isConstructorDeclaration,
  isGetAccessor,
  isMethodDeclaration,
  isPropertyDeclaration,
  isSetAccessor,
  Kind,
} from './syntax.ts';
import { lowerType, typeParameterNames } from './types.ts';

export function lowerDecorators(lowering: Lowering, node: ts.Node): readonly Decorator[] {
  if (!canHaveDecorators(node)) return [];
  return (getDecorators(node) ?? []).map((decorator) => ({
    s: startOf(lowering, decorator),
    e: decorator.end,
    x: lowerExpression(lowering, decorator.expression),
  }));
}

export function lowerClass(lowering: Lowering, node: ts.ClassLikeDeclaration): ClassDecl {
  const heritage = node.heritageClauses ?? [];
  const extended = heritage.find((clause) => clause.token === Kind.ExtendsKeyword)?.types[0];
  const implemented = heritage.find((clause) => clause.token === Kind.ImplementsKeyword)?.types ?? [];
  const start = startOf(lowering, node);
  return {
    s: start,
    e: node.end,
    ns: node.name ? startOf(lowering, node.name) : start,
    ne: node.name ? node.name.end : start,
    ...(node.name && { name: node.name.text }),
    ...(extended && { ext: lowerExpression(lowering, extended.expression) }),
    ...(extended?.typeArguments && {
      extTypes: extended.typeArguments.map((type) => lowerType(lowering, type)),
    }),
    ...(implemented.length > 0 && { impl: implemented.map((type) => lowerType(lowering, type)) }),
    decorators: lowerDecorators(lowering, node),
    members: node.members.flatMap((member) => lowerMember(lowering, member)),
    ...(getModifiers(node)?.some((modifier) => modifier.kind === Kind.AbstractKeyword) && {
      abstract: true as const,
    }),
    ...(node.typeParameters && { typeParams: typeParameterNames(node.typeParameters) }),
  };
}

function lowerMember(lowering: Lowering, node: ts.ClassElement): readonly Member[] {
  const s = startOf(lowering, node);
  const e = node.end;
  if (isClassStaticBlockDeclaration(node)) {
    return [
      {
        s,
        e,
        k: 'static',
        key: '',
        static: true,
        decorators: [],
        ns: s,
        ne: s,
        body: lowerStatements(lowering, node.body.statements),
      },
    ];
  }
  const isConstructor = isConstructorDeclaration(node);
  if (!isConstructor && node.name === undefined) return [];
  const name = node.name;
  const common = {
    s,
    e,
    key: isConstructor || name === undefined ? 'constructor' : lowerKey(lowering, name),
    ns: name ? startOf(lowering, name) : s,
    ne: name ? name.end : s,
    decorators: lowerDecorators(lowering, node),
    ...(canHaveModifiers(node) &&
      getModifiers(node)?.some((modifier) => modifier.kind === Kind.StaticKeyword) && {
        static: true as const,
      }),
  };
  if (isPropertyDeclaration(node)) {
    const tags = docTags(lowering, node);
    return [
      {
        ...common,
        k: 'field',
        ...(node.initializer && { v: lowerNamed(lowering, node.initializer, nameText(node.name)) }),
        ...(node.type && { type: lowerType(lowering, node.type) }),
        ...(node.questionToken && { optional: true as const }),
        ...(tags.length > 0 && { tags }),
      },
    ];
  }
  if (isConstructor || isMethodDeclaration(node) || isGetAccessor(node) || isSetAccessor(node)) {
    const k = isConstructor ? 'ctor' : isGetAccessor(node) ? 'get' : isSetAccessor(node) ? 'set' : 'method';
    return [
      {
        ...common,
        k,
        fn: lowerFunction(lowering, node),
        ...(node.body === undefined && { overload: true as const }),
      },
    ];
  }
  return [];
}
