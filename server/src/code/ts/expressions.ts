/** Lowers expressions, patterns, functions and classes. */

import { ts } from '@ts-morph/common';
import type { ClassDecl, Decorator, Expr, Func, Member, Param, Pattern, Prop } from '../program/program.ts';
import { startOf, type Lowering } from './lower.ts';
import { lowerStatements } from './statements.ts';
import { lowerType, typeParameterNames } from './types.ts';

const { SyntaxKind } = ts;

export function lowerExpression(lowering: Lowering, node: ts.Expression): Expr {
  const at = { s: startOf(lowering, node), e: node.end };
  const lower = (child: ts.Expression): Expr => lowerExpression(lowering, child);
  switch (node.kind) {
    case SyntaxKind.StringLiteral:
    case SyntaxKind.NoSubstitutionTemplateLiteral:
      return { ...at, k: 'str', v: (node as ts.StringLiteral).text };
    case SyntaxKind.NumericLiteral:
      return { ...at, k: 'num', v: Number((node as ts.NumericLiteral).text) };
    case SyntaxKind.TrueKeyword:
      return { ...at, k: 'bool', v: true };
    case SyntaxKind.FalseKeyword:
      return { ...at, k: 'bool', v: false };
    case SyntaxKind.NullKeyword:
      return { ...at, k: 'null' };
    case SyntaxKind.ThisKeyword:
      return { ...at, k: 'this' };
    case SyntaxKind.SuperKeyword:
      return { ...at, k: 'super' };
    case SyntaxKind.Identifier: {
      const name = (node as ts.Identifier).text;
      return name === 'undefined' ? { ...at, k: 'undef' } : { ...at, k: 'id', name };
    }
    case SyntaxKind.RegularExpressionLiteral: {
      const { text } = node as ts.RegularExpressionLiteral;
      const close = text.lastIndexOf('/');
      return { ...at, k: 'regex', source: text.slice(1, close), flags: text.slice(close + 1) };
    }
    case SyntaxKind.TemplateExpression: {
      const { head, templateSpans } = node as ts.TemplateExpression;
      return {
        ...at,
        k: 'tmpl',
        texts: [head.text, ...templateSpans.map((span) => span.literal.text)],
        exprs: templateSpans.map((span) => lower(span.expression)),
      };
    }
    case SyntaxKind.PropertyAccessExpression: {
      const access = node as ts.PropertyAccessExpression;
      return {
        ...at,
        k: 'mem',
        obj: lower(access.expression),
        name: access.name.text,
        ns: startOf(lowering, access.name),
        ...(access.questionDotToken && { opt: true as const }),
      };
    }
    case SyntaxKind.ElementAccessExpression: {
      const access = node as ts.ElementAccessExpression;
      return {
        ...at,
        k: 'idx',
        obj: lower(access.expression),
        key: lower(access.argumentExpression),
        ...(access.questionDotToken && { opt: true as const }),
      };
    }
    case SyntaxKind.CallExpression: {
      const call = node as ts.CallExpression;
      if (call.expression.kind === SyntaxKind.ImportKeyword) {
        const [arg] = call.arguments;
        return arg ? { ...at, k: 'import', arg: lower(arg) } : { ...at, k: 'other', what: 'import without a module' };
      }
      return {
        ...at,
        k: 'call',
        fn: lower(call.expression),
        args: call.arguments.map(lower),
        ...(call.questionDotToken && { opt: true as const }),
        ...(call.typeArguments && { types: call.typeArguments.map((type) => lowerType(lowering, type)) }),
      };
    }
    case SyntaxKind.NewExpression: {
      const call = node as ts.NewExpression;
      return {
        ...at,
        k: 'new',
        fn: lower(call.expression),
        args: (call.arguments ?? []).map(lower),
        ...(call.typeArguments && { types: call.typeArguments.map((type) => lowerType(lowering, type)) }),
      };
    }
    case SyntaxKind.ArrayLiteralExpression:
      return { ...at, k: 'arr', items: (node as ts.ArrayLiteralExpression).elements.map(lower) };
    case SyntaxKind.ObjectLiteralExpression:
      return { ...at, k: 'obj', props: lowerProperties(lowering, node as ts.ObjectLiteralExpression) };
    case SyntaxKind.ArrowFunction:
    case SyntaxKind.FunctionExpression:
      return { ...at, k: 'fn', fn: lowerFunction(lowering, node as ts.ArrowFunction | ts.FunctionExpression) };
    case SyntaxKind.ClassExpression:
      return { ...at, k: 'class', cls: lowerClass(lowering, node as ts.ClassExpression) };
    case SyntaxKind.BinaryExpression:
      return lowerBinary(lowering, node as ts.BinaryExpression);
    case SyntaxKind.PrefixUnaryExpression:
    case SyntaxKind.PostfixUnaryExpression: {
      const unary = node as ts.PrefixUnaryExpression | ts.PostfixUnaryExpression;
      const op = ts.tokenToString(unary.operator) ?? '';
      if (op === '++' || op === '--') {
        return { ...at, k: 'set', op, to: lowerTarget(lowering, unary.operand), v: { ...at, k: 'num', v: 1 } };
      }
      return { ...at, k: 'un', op, x: lower(unary.operand) };
    }
    case SyntaxKind.TypeOfExpression:
      return { ...at, k: 'un', op: 'typeof', x: lower((node as ts.TypeOfExpression).expression) };
    case SyntaxKind.VoidExpression:
      return { ...at, k: 'un', op: 'void', x: lower((node as ts.VoidExpression).expression) };
    case SyntaxKind.DeleteExpression:
      return { ...at, k: 'un', op: 'delete', x: lower((node as ts.DeleteExpression).expression) };
    case SyntaxKind.ConditionalExpression: {
      const { condition, whenTrue, whenFalse } = node as ts.ConditionalExpression;
      return { ...at, k: 'cond', c: lower(condition), a: lower(whenTrue), b: lower(whenFalse) };
    }
    case SyntaxKind.AwaitExpression:
      return { ...at, k: 'await', x: lower((node as ts.AwaitExpression).expression) };
    case SyntaxKind.YieldExpression: {
      const { expression } = node as ts.YieldExpression;
      return { ...at, k: 'yield', ...(expression && { x: lower(expression) }) };
    }
    case SyntaxKind.SpreadElement:
      return { ...at, k: 'spread', x: lower((node as ts.SpreadElement).expression) };
    case SyntaxKind.AsExpression:
    case SyntaxKind.TypeAssertionExpression:
    case SyntaxKind.SatisfiesExpression: {
      const { expression, type } = node as ts.AsExpression;
      return { ...at, k: 'cast', x: lower(expression), t: lowerType(lowering, type) };
    }
    case SyntaxKind.ParenthesizedExpression:
    case SyntaxKind.NonNullExpression:
    case SyntaxKind.ExpressionWithTypeArguments:
    case SyntaxKind.PartiallyEmittedExpression:
      return lower((node as ts.ParenthesizedExpression).expression);
    case SyntaxKind.TaggedTemplateExpression: {
      const { tag, template } = node as ts.TaggedTemplateExpression;
      return { ...at, k: 'call', fn: lower(tag), args: [lower(template)] };
    }
    case SyntaxKind.OmittedExpression:
      return { ...at, k: 'undef' };
    default:
      return { ...at, k: 'other', what: SyntaxKind[node.kind] };
  }
}

function lowerBinary(lowering: Lowering, node: ts.BinaryExpression): Expr {
  const at = { s: startOf(lowering, node), e: node.end };
  const op = ts.tokenToString(node.operatorToken.kind) ?? '';
  if (op === ',') {
    return { ...at, k: 'seq', items: [lowerExpression(lowering, node.left), lowerExpression(lowering, node.right)] };
  }
  if (node.operatorToken.kind >= SyntaxKind.FirstAssignment && node.operatorToken.kind <= SyntaxKind.LastAssignment) {
    return { ...at, k: 'set', op, to: lowerTarget(lowering, node.left), v: lowerNamed(lowering, node.right, targetName(node.left)) };
  }
  return { ...at, k: 'bin', op, l: lowerExpression(lowering, node.left), r: lowerExpression(lowering, node.right) };
}

function lowerProperties(lowering: Lowering, node: ts.ObjectLiteralExpression): readonly Prop[] {
  return node.properties.map((property): Prop => {
    const at = { s: startOf(lowering, property), e: property.end };
    switch (property.kind) {
      case SyntaxKind.SpreadAssignment:
        return { ...at, k: 'spread', x: lowerExpression(lowering, property.expression) };
      case SyntaxKind.GetAccessor:
      case SyntaxKind.SetAccessor:
        return {
          ...at,
          k: property.kind === SyntaxKind.GetAccessor ? 'get' : 'set',
          key: lowerKey(lowering, property.name),
          fn: lowerFunction(lowering, property),
        };
      default: {
        const v: Expr =
          property.kind === SyntaxKind.PropertyAssignment
            ? lowerNamed(lowering, property.initializer, nameText(property.name))
            : property.kind === SyntaxKind.ShorthandPropertyAssignment
              ? lowerExpression(lowering, property.name)
              : { ...at, k: 'fn', fn: lowerFunction(lowering, property) };
        return {
          ...at,
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
  if (ts.isComputedPropertyName(name)) {
    const key = lowerExpression(lowering, name.expression);
    return key.k === 'str' ? key.v : key;
  }
  if (ts.isIdentifier(name) || ts.isPrivateIdentifier(name) || ts.isStringLiteralLike(name) || ts.isNumericLiteral(name)) {
    return name.text;
  }
  return { s: startOf(lowering, name), e: name.end, k: 'other', what: 'property name' };
}

export function lowerFunction(lowering: Lowering, node: ts.FunctionLikeDeclaration): Func {
  const { body } = node;
  const modifiers = ts.canHaveModifiers(node) ? ts.getModifiers(node) : undefined;
  const statements =
    body === undefined
      ? []
      : ts.isBlock(body)
        ? lowerStatements(lowering, body.statements)
        : [{ s: startOf(lowering, body), e: body.end, k: 'return' as const, x: lowerExpression(lowering, body) }];
  const name = node.name && ts.isIdentifier(node.name) ? node.name.text : undefined;
  return {
    s: startOf(lowering, node),
    e: node.end,
    ...(name !== undefined && { name }),
    ...(name !== undefined && ts.isFunctionExpression(node) && { knowsItself: true as const }),
    params: node.parameters.filter((parameter) => !isThisParameter(parameter)).map((parameter) => lowerParam(lowering, parameter)),
    body: statements,
    ...(ts.isArrowFunction(node) && { arrow: true as const }),
    ...(modifiers?.some((modifier) => modifier.kind === SyntaxKind.AsyncKeyword) && { async: true as const }),
    ...('asteriskToken' in node && node.asteriskToken && { generator: true as const }),
    ...(node.type && { returns: lowerType(lowering, node.type) }),
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
  if (ts.isIdentifier(node)) return node.text;
  // `module.exports = …` says nothing about what is exported.
  return ts.isPropertyAccessExpression(node) && node.name.text !== 'exports' ? node.name.text : undefined;
}

export function nameText(name: ts.PropertyName | ts.BindingName): string | undefined {
  return ts.isIdentifier(name) || ts.isPrivateIdentifier(name) ? name.text : undefined;
}

function isThisParameter(node: ts.ParameterDeclaration): boolean {
  return ts.isIdentifier(node.name) && node.name.text === 'this';
}

function lowerParam(lowering: Lowering, node: ts.ParameterDeclaration): Param {
  const at = { s: startOf(lowering, node), e: node.end };
  const name = lowerBinding(lowering, node.name);
  const decorators = lowerDecorators(lowering, node);
  return {
    ...at,
    to: node.initializer ? { ...at, k: 'dflt', to: name, v: lowerExpression(lowering, node.initializer) } : name,
    ...(node.type && { type: lowerType(lowering, node.type) }),
    ...((node.questionToken ?? node.initializer) && { optional: true as const }),
    ...(node.dotDotDotToken && { rest: true as const }),
    ...(decorators.length > 0 && { decorators }),
    ...(ts.isParameterPropertyDeclaration(node, node.parent ?? node) || hasPropertyModifier(node) ? { property: true as const } : {}),
  };
}

// Source files are parsed without parent links, so `isParameterPropertyDeclaration` alone cannot tell.
function hasPropertyModifier(node: ts.ParameterDeclaration): boolean {
  return (
    ts.getModifiers(node)?.some(({ kind }) =>
      [SyntaxKind.PublicKeyword, SyntaxKind.PrivateKeyword, SyntaxKind.ProtectedKeyword, SyntaxKind.ReadonlyKeyword].includes(kind),
    ) ?? false
  );
}

export function lowerBinding(lowering: Lowering, node: ts.BindingName): Pattern {
  const at = { s: startOf(lowering, node), e: node.end };
  if (ts.isIdentifier(node)) return { ...at, k: 'name', name: node.text };
  if (ts.isArrayBindingPattern(node)) {
    const rest = node.elements.find((element) => ts.isBindingElement(element) && element.dotDotDotToken);
    return {
      ...at,
      k: 'arrPat',
      items: node.elements
        .filter((element) => element !== rest)
        .map((element) => (ts.isBindingElement(element) ? lowerElement(lowering, element) : null)),
      ...(rest && ts.isBindingElement(rest) && { rest: lowerBinding(lowering, rest.name) }),
    };
  }
  const rest = node.elements.find((element) => element.dotDotDotToken);
  return {
    ...at,
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
  return { s: startOf(lowering, node), e: node.end, k: 'dflt', to, v: lowerExpression(lowering, node.initializer) };
}

/** The left side of an assignment. */
export function lowerTarget(lowering: Lowering, node: ts.Expression): Pattern {
  const at = { s: startOf(lowering, node), e: node.end };
  if (ts.isParenthesizedExpression(node)) return lowerTarget(lowering, node.expression);
  if (ts.isIdentifier(node)) return { ...at, k: 'name', name: node.text };
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === SyntaxKind.EqualsToken) {
    return { ...at, k: 'dflt', to: lowerTarget(lowering, node.left), v: lowerExpression(lowering, node.right) };
  }
  if (ts.isArrayLiteralExpression(node)) {
    return {
      ...at,
      k: 'arrPat',
      items: node.elements.map((element) =>
        ts.isOmittedExpression(element) || ts.isSpreadElement(element) ? null : lowerTarget(lowering, element),
      ),
    };
  }
  if (ts.isObjectLiteralExpression(node)) {
    const props = node.properties.flatMap((property) => {
      if (ts.isPropertyAssignment(property)) {
        return [{ s: startOf(lowering, property), e: property.name.end, key: lowerKey(lowering, property.name), to: lowerTarget(lowering, property.initializer) }];
      }
      if (!ts.isShorthandPropertyAssignment(property)) return [];
      const to: Pattern = { s: startOf(lowering, property), e: property.name.end, k: 'name', name: property.name.text };
      return [{ s: to.s, e: to.e, key: property.name.text, to }];
    });
    return { ...at, k: 'objPat', props };
  }
  return { ...at, k: 'target', x: lowerExpression(lowering, node) };
}

export function lowerDecorators(lowering: Lowering, node: ts.Node): readonly Decorator[] {
  if (!ts.canHaveDecorators(node)) return [];
  return (ts.getDecorators(node) ?? []).map((decorator) => ({
    s: startOf(lowering, decorator),
    e: decorator.end,
    x: lowerExpression(lowering, decorator.expression),
  }));
}

export function lowerClass(lowering: Lowering, node: ts.ClassLikeDeclaration): ClassDecl {
  const heritage = node.heritageClauses ?? [];
  const extended = heritage.find((clause) => clause.token === SyntaxKind.ExtendsKeyword)?.types[0];
  const implemented = heritage.find((clause) => clause.token === SyntaxKind.ImplementsKeyword)?.types ?? [];
  const start = startOf(lowering, node);
  return {
    s: start,
    e: node.end,
    ns: node.name ? startOf(lowering, node.name) : start,
    ne: node.name ? node.name.end : start,
    ...(node.name && { name: node.name.text }),
    ...(extended && { ext: lowerExpression(lowering, extended.expression) }),
    ...(extended?.typeArguments && { extTypes: extended.typeArguments.map((type) => lowerType(lowering, type)) }),
    ...(implemented.length > 0 && { impl: implemented.map((type) => lowerType(lowering, type)) }),
    decorators: lowerDecorators(lowering, node),
    members: node.members.flatMap((member) => lowerMember(lowering, member)),
    ...(ts.getModifiers(node)?.some((modifier) => modifier.kind === SyntaxKind.AbstractKeyword) && { abstract: true as const }),
    ...(node.typeParameters && { typeParams: typeParameterNames(node.typeParameters) }),
  };
}

function lowerMember(lowering: Lowering, node: ts.ClassElement): readonly Member[] {
  const at = { s: startOf(lowering, node), e: node.end };
  if (ts.isClassStaticBlockDeclaration(node)) {
    return [{ ...at, k: 'static', key: '', static: true, decorators: [], ns: at.s, ne: at.s, body: lowerStatements(lowering, node.body.statements) }];
  }
  const isConstructor = ts.isConstructorDeclaration(node);
  if (!isConstructor && node.name === undefined) return [];
  const name = node.name;
  const common = {
    ...at,
    key: isConstructor || name === undefined ? 'constructor' : lowerKey(lowering, name),
    ns: name ? startOf(lowering, name) : at.s,
    ne: name ? name.end : at.s,
    decorators: lowerDecorators(lowering, node),
    ...(ts.canHaveModifiers(node) &&
      ts.getModifiers(node)?.some((modifier) => modifier.kind === SyntaxKind.StaticKeyword) && { static: true as const }),
  };
  if (ts.isPropertyDeclaration(node)) {
    return [
      {
        ...common,
        k: 'field',
        ...(node.initializer && { v: lowerNamed(lowering, node.initializer, nameText(node.name)) }),
        ...(node.type && { type: lowerType(lowering, node.type) }),
        ...(node.questionToken && { optional: true as const }),
      },
    ];
  }
  if (isConstructor || ts.isMethodDeclaration(node) || ts.isGetAccessor(node) || ts.isSetAccessor(node)) {
    const k = isConstructor ? 'ctor' : ts.isGetAccessor(node) ? 'get' : ts.isSetAccessor(node) ? 'set' : 'method';
    return [{ ...common, k, fn: lowerFunction(lowering, node), ...(node.body === undefined && { overload: true as const }) }];
  }
  return [];
}
