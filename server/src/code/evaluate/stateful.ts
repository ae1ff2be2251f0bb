/**
 * What has a state that its own functions change: variables that closures share, fields of an instance. What such a
 * function gives depends on when it is called, and what makes one makes it anew each time.
 */

import type { Run } from './run.ts';
import { isAnyFieldSet, isVariableSet } from './set-later.ts';
import type { FunctionValue, ObjectValue, Scope, Value } from './values.ts';

/** Values inside of values are looked at this deep. */
const depthLimit = 3;

/** May one call of a function leave something that the next call of it, or of a sister, finds? */
export function hasState(run: Run, { scope, self }: Pick<FunctionValue, 'scope' | 'self'>): boolean {
  return sharesVariables(run, scope, 0) || (self?.t === 'object' && isChanged(run, self));
}

/** Is there something in a value that has a state of its own? */
export function carriesState(run: Run, value: Value, depth = 0): boolean {
  if (depth > depthLimit) return false;
  switch (value.t) {
    case 'function':
      return sharesVariables(run, value.scope, depth + 1);
    case 'object':
      return value.cls
        ? isChanged(run, value)
        : [...value.props.values()].some((cell) => cell.value && carriesState(run, cell.value, depth + 1));
    case 'array':
      return value.items.some((item) => carriesState(run, item, depth + 1));
    case 'union':
      return value.of.some((one) => carriesState(run, one, depth));
    default:
      return false;
  }
}

/**
 * Does a closure see variables that functions set, or hold what has a state? Those of a module do not count: they last
 * longer than requests, and what they are between them nobody knows.
 */
function sharesVariables(run: Run, scope: Scope, depth: number): boolean {
  for (let current = scope; current.parent; current = current.parent)
    for (const [name, { value }] of current.vars)
      if (isVariableSet(run, current.file, name) || (value && carriesState(run, value, depth + 1)))
        return true;
  return false;
}

/** An instance that a request made; those that stay are told by what may be in their fields. */
function isChanged(run: Run, { cls, born }: ObjectValue): boolean {
  return born !== undefined && cls !== undefined && isAnyFieldSet(run, cls.scope.file);
}
