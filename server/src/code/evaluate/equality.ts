/** `===` of two values: undefined where the source does not decide. */

import { fixedText } from './text-parts.ts';
import { isNothing } from './alternatives.ts';
import type { Value } from './values.ts';

export function equality(a: Value, b: Value): boolean | undefined {
  if (isNothing(a) || isNothing(b)) {
    if (
      a.t === 'unknown' ||
      b.t === 'unknown' ||
      a.t === 'union' ||
      b.t === 'union' ||
      a.t === 'external' ||
      b.t === 'external'
    )
      return undefined;
    return a.t === b.t;
  }
  if (a.t === 'boolean' && b.t === 'boolean') return a.value === b.value;
  if (a.t === 'number' && b.t === 'number') return a.value === b.value;
  if (
    a.t === 'text' &&
    b.t === 'text' &&
    ![...a.parts, ...b.parts].some((part) => !('text' in part) || part.configured)
  ) {
    return fixedText(a) === fixedText(b);
  }
  return sameClass(a, b);
}

/** `error.constructor === NotFoundException`: classes of the project, and those of packages that their names tell. */
function sameClass(a: Value, b: Value): boolean | undefined {
  if (a.t === 'class' && b.t === 'class') return a.decl === b.decl && a.scope === b.scope;
  const [one, other] = [a, b].map(errorName);
  if (one !== undefined && other !== undefined && one !== other) return false;
  return (a.t === 'class' && other !== undefined) || (b.t === 'class' && one !== undefined)
    ? false
    : undefined;
}

/** The name of a class of errors of a package, named or asked of what was made of it. */
function errorName(value: Value): string | undefined {
  if (value.t !== 'external') return undefined;
  const { path, args, on } = value;
  const isAsked = path.at(-1) === 'constructor' && on?.args !== undefined;
  const name = (isAsked ? on.path : path).at(-1) ?? '';
  return !args && /^[A-Z]\w*(?:Error|Exception)$/.test(name) ? name : undefined;
}
