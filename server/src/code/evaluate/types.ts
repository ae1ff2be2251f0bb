/** Values made from written types: what a dependency injector, or a caller that we do not see, would hand in. */

import type { Span } from '../../contract/span.ts';
import type { Param, TypeExpr } from '../program/program.ts';
import { singleton } from './classes.ts';
import { lookup } from './scopes.ts';
import { getMember } from './members.ts';
import type { Run } from './run.ts';
import { undefinedValue, type Scope, type Value } from './values.ts';

/** Undefined where the type says nothing that helps. */
export function typeValue(run: Run, type: TypeExpr, scope: Scope, at: Span): Value | undefined {
  if (type.k === 'union') {
    for (const one of type.of) {
      const value = typeValue(run, one, scope, at);
      if (value) return value;
    }
    return undefined;
  }
  if (type.k !== 'ref') return undefined;
  if (type.name === 'Promise' && type.args[0]) return typeValue(run, type.args[0], scope, at);
  const named = resolveTypeName(run, type.name, scope, at);
  return named?.t === 'class'
    ? singleton(run, named, { at, file: scope.file })
    : packageValue(run, named, at);
}

/** What a framework makes of a type of a package: an application that somebody else has made. */
function packageValue(run: Run, named: Value | undefined, at: Span): Value | undefined {
  if (named?.t !== 'external') return undefined;
  for (const framework of run.frameworks) {
    const value = framework.typed?.(run, named.module, named.path, at);
    if (value) return value;
  }
  return undefined;
}

/** The argument that a caller whom nobody sees hands over: of a type that a framework knows it is one and the same all through. */
export function handedOver(run: Run, { type, optional, s, e }: Param, scope: Scope): Value {
  const at: Span = { file: scope.file, start: s, end: e };
  const named =
    type?.k === 'ref' && optional !== true ? resolveTypeName(run, type.name, scope, at) : undefined;
  return packageValue(run, named, at) ?? undefinedValue;
}

/** What the (dotted) name of a type stands for among the values: a class, or something of a package. */
function resolveTypeName(run: Run, name: string, scope: Scope, at: Span): Value | undefined {
  const [first = '', ...rest] = name.split('.');
  let value = lookup(run, first, scope);
  for (const part of rest) value = value && getMember(run, value, part, { at, file: scope.file });
  return value;
}
