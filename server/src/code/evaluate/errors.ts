/** Errors that the program makes itself (ECMAScript 2025, section 20.5): objects with a message, open to no one else. */

import type { ClassDecl } from '../program/program.ts';
import type { Run } from './run.ts';
import {
  dynamic,
  text,
  type ClassValue,
  type ExternalValue,
  type ObjectValue,
  type Site,
  type Value,
} from './values.ts';

const module = 'global:Error';

/** The built-in classes of errors, by name; the path of `Error` itself is empty. */
export function errorClass(name: string, at: ExternalValue['at']): ExternalValue | undefined {
  switch (name) {
    case 'Error':
      return { t: 'external', module, path: [], at };
    case 'AggregateError':
    case 'EvalError':
    case 'RangeError':
    case 'ReferenceError':
    case 'SyntaxError':
    case 'TypeError':
    case 'URIError':
      return { t: 'external', module, path: [name], at };
    default:
      return undefined;
  }
}

/** Is this one of the built-in classes of errors, and not something that was asked of one? */
export function isErrorClass(value: Value): value is ExternalValue & { readonly module: typeof module } {
  return (
    value.t === 'external' &&
    value.module === module &&
    !value.args &&
    value.path.every((name) => name.endsWith('Error'))
  );
}

/** `new Error(message)`: an instance of a class that adds nothing to the built-in one. */
export function makeError(run: Run, parent: ExternalValue, args: readonly Value[], site: Site): ObjectValue {
  const name = parent.path[0] ?? 'Error';
  const { file, start: s, end: e } = site.at;
  const decl: ClassDecl = { name, decorators: [], members: [], s, e, ns: s, ne: e };
  const cls: ClassValue = {
    t: 'class',
    decl,
    scope: { vars: new Map(), file },
    statics: new Map(),
    parent,
    at: site.at,
  };
  const error: ObjectValue = { t: 'object', props: new Map(), cls, open: false, at: site.at };
  initialiseError(run, error, parent, args, site);
  return error;
}

/** What `super(message, options)` of a built-in class of errors does. */
export function initialiseError(
  run: Run,
  error: ObjectValue,
  parent: ExternalValue,
  [message, options]: readonly Value[],
  site: Site,
): void {
  const set = (name: string, value: Value): void => void error.props.set(name, { value, born: run.journal });
  set('name', text(parent.path[0] ?? 'Error', site.at));
  set('message', !message || message.t === 'undefined' ? text('', site.at) : message);
  set('stack', dynamic('stack', site.at));
  const cause = options?.t === 'object' ? options.props.get('cause') : undefined;
  if (cause) error.props.set('cause', cause);
  if (options && options.t !== 'object' && options.t !== 'undefined') error.open = true;
}
