/** Lowers expressions and functions. */

import type { ts } from '@ts-morph/common';
import type { Expr, Func, Prop } from '../program/program.ts';
import { lowerClass } from './classes.ts';
import { docTags } from './doc-tags.ts';
import { depthLimit, startOf, type Lowering } from './lower.ts';
import { isThisParameter, lowerParam, lowerTarget } from './patterns.ts';
import { lowerStatements } from './statements.ts';
import {
  canHaveModifiers,
  getModifiers,
  isArrowFunction,
  isBlock,
  isComputedPropertyName,
  isFunctionExpression,
  isIdentifier,
  isNumericLiteral,
  isPrivateIdentifier,
  isPropertyAccessExpression,
  isStringLiteralLike,
  tokenToString,
  nameOfKind,
  Kind,
} from './syntax.ts';
import { lowerType, typeParameterNames } from './types.ts';

export function lowerExpression(lowering: Lowering, node: ts.Expression): Expr {
  if (lowering.depth > depthLimit)
    return { s: startOf(lowering, node), e: node.end, k: 'other', what: 'deep nesting' };
  lowering.depth += 1;
  const lowered = lowerNode(lowering, node);
  lowering.depth -= 1;
  return lowered;
}

function lowerNode(lowering: Lowering, node: ts.Expression): Expr {
  const s = startOf(lowering, node);
  const e = node.end;
  // The commonest kinds come first: the cases are compared one after the other.
  switch (node.kind) {
    case Kind.Identifier: {
      const name = (node as ts.Identifier).text;
      return name === 'undefined' ? { s, e, k: 'undef' } : { s, e, k: 'id', name };
    }
    case Kind.PropertyAccessExpression: {
      const access = node as ts.PropertyAccessExpression;
      const member: Expr = {
        s,
        e,
        k: 'mem',
        obj: lowerExpression(lowering, access.expression),
        name: access.name.text,
        ns: startOf(lowering, access.name),
      };
      return access.questionDotToken ? { ...member, opt: true } : member;
    }
    case Kind.CallExpression: {
      const call = node as ts.CallExpression;
      if (call.expression.kind === Kind.ImportKeyword) {
        const [arg] = call.arguments;
        return arg
          ? { s, e, k: 'import', arg: lowerExpression(lowering, arg) }
          : { s, e, k: 'other', what: 'import without a module' };
      }
      const lowered: Expr = {
        s,
        e,
        k: 'call',
        fn: lowerExpression(lowering, call.expression),
        args: lowerAll(lowering, call.arguments),
      };
      if (!call.questionDotToken && !call.typeArguments) return lowered;
      return {
        ...lowered,
        ...(call.questionDotToken && { opt: true as const }),
        ...(call.typeArguments && { types: call.typeArguments.map((type) => lowerType(lowering, type)) }),
      };
    }
    case Kind.StringLiteral:
    case Kind.NoSubstitutionTemplateLiteral:
      return { s, e, k: 'str', v: (node as ts.StringLiteral).text };
    case Kind.NumericLiteral:
      return { s, e, k: 'num', v: Number((node as ts.NumericLiteral).text) };
    case Kind.TrueKeyword:
      return { s, e, k: 'bool', v: true };
    case Kind.FalseKeyword:
      return { s, e, k: 'bool', v: false };
    case Kind.NullKeyword:
      return { s, e, k: 'null' };
    case Kind.ThisKeyword:
      return { s, e, k: 'this' };
    case Kind.SuperKeyword:
      return { s, e, k: 'super' };
    case Kind.RegularExpressionLiteral: {
      const { text } = node as ts.RegularExpressionLiteral;
      const close = text.lastIndexOf('/');
      return { s, e, k: 'regex', source: text.slice(1, close), flags: text.slice(close + 1) };
    }
    case Kind.TemplateExpression: {
      const { head, templateSpans } = node as ts.TemplateExpression;
      return {
        s,
        e,
        k: 'tmpl',
        texts: [head.text, ...templateSpans.map((span) => span.literal.text)],
        exprs: templateSpans.map((span) => lowerExpression(lowering, span.expression)),
      };
    }
    case Kind.ElementAccessExpression: {
      const access = node as ts.ElementAccessExpression;
      return {
        s,
        e,
        k: 'idx',
        obj: lowerExpression(lowering, access.expression),
        key: lowerExpression(lowering, access.argumentExpression),
        ...(access.questionDotToken && { opt: true as const }),
      };
    }
    case Kind.NewExpression: {
      const call = node as ts.NewExpression;
      return {
        s,
        e,
        k: 'new',
        fn: lowerExpression(lowering, call.expression),
        args: lowerAll(lowering, call.arguments ?? []),
        ...(call.typeArguments && { types: call.typeArguments.map((type) => lowerType(lowering, type)) }),
      };
    }
    case Kind.ArrayLiteralExpression:
      return { s, e, k: 'arr', items: lowerAll(lowering, (node as ts.ArrayLiteralExpression).elements) };
    case Kind.ObjectLiteralExpression:
      return { s, e, k: 'obj', props: lowerProperties(lowering, node as ts.ObjectLiteralExpression) };
    case Kind.ArrowFunction:
    case Kind.FunctionExpression:
      return { s, e, k: 'fn', fn: lowerFunction(lowering, node as ts.ArrowFunction | ts.FunctionExpression) };
    case Kind.ClassExpression:
      return { s, e, k: 'class', cls: lowerClass(lowering, node as ts.ClassExpression) };
    case Kind.BinaryExpression:
      return lowerBinary(lowering, node as ts.BinaryExpression);
    case Kind.PrefixUnaryExpression:
    case Kind.PostfixUnaryExpression: {
      const unary = node as ts.PrefixUnaryExpression | ts.PostfixUnaryExpression;
      const op = tokenToString(unary.operator) ?? '';
      if (op === '++' || op === '--') {
        return { s, e, k: 'set', op, to: lowerTarget(lowering, unary.operand), v: { s, e, k: 'num', v: 1 } };
      }
      return { s, e, k: 'un', op, x: lowerExpression(lowering, unary.operand) };
    }
    case Kind.TypeOfExpression:
      return {
        s,
        e,
        k: 'un',
        op: 'typeof',
        x: lowerExpression(lowering, (node as ts.TypeOfExpression).expression),
      };
    case Kind.VoidExpression:
      return {
        s,
        e,
        k: 'un',
        op: 'void',
        x: lowerExpression(lowering, (node as ts.VoidExpression).expression),
      };
    case Kind.DeleteExpression:
      return {
        s,
        e,
        k: 'un',
        op: 'delete',
        x: lowerExpression(lowering, (node as ts.DeleteExpression).expression),
      };
    case Kind.ConditionalExpression: {
      const { condition, whenTrue, whenFalse } = node as ts.ConditionalExpression;
      return {
        s,
        e,
        k: 'cond',
        c: lowerExpression(lowering, condition),
        a: lowerExpression(lowering, whenTrue),
        b: lowerExpression(lowering, whenFalse),
      };
    }
    case Kind.AwaitExpression:
      return { s, e, k: 'await', x: lowerExpression(lowering, (node as ts.AwaitExpression).expression) };
    case Kind.YieldExpression: {
      const { expression } = node as ts.YieldExpression;
      return { s, e, k: 'yield', ...(expression && { x: lowerExpression(lowering, expression) }) };
    }
    case Kind.SpreadElement:
      return { s, e, k: 'spread', x: lowerExpression(lowering, (node as ts.SpreadElement).expression) };
    case Kind.AsExpression:
    case Kind.TypeAssertionExpression:
    case Kind.SatisfiesExpression: {
      const { expression, type } = node as ts.AsExpression;
      return { s, e, k: 'cast', x: lowerExpression(lowering, expression), t: lowerType(lowering, type) };
    }
    case Kind.ParenthesizedExpression:
    case Kind.NonNullExpression:
    case Kind.ExpressionWithTypeArguments:
    case Kind.PartiallyEmittedExpression:
      return lowerExpression(lowering, (node as ts.ParenthesizedExpression).expression);
    case Kind.TaggedTemplateExpression: {
      const { tag, template } = node as ts.TaggedTemplateExpression;
      return {
        s,
        e,
        k: 'call',
        fn: lowerExpression(lowering, tag),
        args: [lowerExpression(lowering, template)],
      };
    }
    case Kind.OmittedExpression:
      return { s, e, k: 'undef' };
    default:
      return { s, e, k: 'other', what: nameOfKind(node.kind) };
  }
}

function lowerAll(lowering: Lowering, nodes: readonly ts.Expression[]): readonly Expr[] {
  return nodes.map((node) => lowerExpression(lowering, node));
}

function lowerBinary(lowering: Lowering, node: ts.BinaryExpression): Expr {
  const s = startOf(lowering, node);
  const e = node.end;
  const op = tokenToString(node.operatorToken.kind) ?? '';
  if (op === ',') {
    return {
      s,
      e,
      k: 'seq',
      items: [lowerExpression(lowering, node.left), lowerExpression(lowering, node.right)],
    };
  }
  if (node.operatorToken.kind >= Kind.FirstAssignment && node.operatorToken.kind <= Kind.LastAssignment) {
    return {
      s,
      e,
      k: 'set',
      op,
      to: lowerTarget(lowering, node.left),
      v: lowerNamed(lowering, node.right, targetName(node.left)),
    };
  }
  return {
    s,
    e,
    k: 'bin',
    op,
    l: lowerExpression(lowering, node.left),
    r: lowerExpression(lowering, node.right),
  };
}

function lowerProperties(lowering: Lowering, node: ts.ObjectLiteralExpression): readonly Prop[] {
  return node.properties.map((property): Prop => {
    const s = startOf(lowering, property);
    const e = property.end;
    switch (property.kind) {
      case Kind.SpreadAssignment:
        return { s, e, k: 'spread', x: lowerExpression(lowering, property.expression) };
      case Kind.GetAccessor:
      case Kind.SetAccessor:
        return {
          s,
          e,
          k: property.kind === Kind.GetAccessor ? 'get' : 'set',
          key: lowerKey(lowering, property.name),
          fn: lowerFunction(lowering, property),
        };
      default: {
        const v: Expr =
          property.kind === Kind.PropertyAssignment
            ? lowerNamed(lowering, property.initializer, nameText(property.name))
            : property.kind === Kind.ShorthandPropertyAssignment
              ? lowerExpression(lowering, property.name)
              : { s, e, k: 'fn', fn: lowerFunction(lowering, property) };
        return {
          s,
          e,
          k: 'prop',
          key: lowerKey(lowering, property.name),
          v,
          ks: startOf(lowering, property.name),
          ke: property.name.end,
        };
      }
    }
  });
}

/** The name of a property or member; an expression where it is computed. */
export function lowerKey(lowering: Lowering, name: ts.PropertyName | ts.BindingName): string | Expr {
  if (isComputedPropertyName(name)) {
    const key = lowerExpression(lowering, name.expression);
    return key.k === 'str' ? key.v : key;
  }
  if (
    isIdentifier(name) ||
    isPrivateIdentifier(name) ||
    isStringLiteralLike(name) ||
    isNumericLiteral(name)
  ) {
    return name.text;
  }
  return { s: startOf(lowering, name), e: name.end, k: 'other', what: 'property name' };
}

export function lowerFunction(lowering: Lowering, node: ts.FunctionLikeDeclaration): Func {
  const { body } = node;
  const modifiers = canHaveModifiers(node) ? getModifiers(node) : undefined;
  const statements =
    body === undefined
      ? []
      : isBlock(body)
        ? lowerStatements(lowering, body.statements)
        : [
            {
              s: startOf(lowering, body),
              e: body.end,
              k: 'return' as const,
              x: lowerExpression(lowering, body),
            },
          ];
  const name = node.name && isIdentifier(node.name) ? node.name.text : undefined;
  const tags = docTags(lowering, node);
  return {
    s: startOf(lowering, node),
    e: node.end,
    ...(name !== undefined && { name }),
    ...(name !== undefined && isFunctionExpression(node) && { knowsItself: true as const }),
    params: node.parameters
      .filter((parameter) => !isThisParameter(parameter))
      .map((parameter) => lowerParam(lowering, parameter, tags)),
    body: statements,
    ...(isArrowFunction(node) && { arrow: true as const }),
    ...(modifiers?.some((modifier) => modifier.kind === Kind.AsyncKeyword) && { async: true as const }),
    ...('asteriskToken' in node && node.asteriskToken && { generator: true as const }),
    ...(node.type && { returns: lowerType(lowering, node.type) }),
    ...(node.typeParameters && { typeParams: typeParameterNames(node.typeParameters) }),
  };
}

/** An expression that something is named after: `const list = () => …` makes a function called `list`. */
export function lowerNamed(lowering: Lowering, node: ts.Expression, name: string | undefined): Expr {
  return name === undefined ? lowerExpression(lowering, node) : named(lowerExpression(lowering, node), name);
}

function named(expr: Expr, name: string): Expr {
  if (expr.k === 'fn') return expr.fn.name === undefined ? { ...expr, fn: { ...expr.fn, name } } : expr;
  return expr.k === 'cast' ? { ...expr, x: named(expr.x, name) } : expr;
}

function targetName(node: ts.Expression): string | undefined {
  if (isIdentifier(node)) return node.text;
  // `module.exports = …` says nothing about what is exported.
  return isPropertyAccessExpression(node) && node.name.text !== 'exports' ? node.name.text : undefined;
}

export function nameText(name: ts.PropertyName | ts.BindingName): string | undefined {
  return isIdentifier(name) || isPrivateIdentifier(name) ? name.text : undefined;
}
