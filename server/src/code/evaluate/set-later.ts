/** What functions of a module set: what a request finds there may be other than what the start left. */

import type { FileId } from '../../contract/span.ts';
import type { ModuleFacts } from '../program/program.ts';
import type { Run } from './run.ts';

interface Settings {
  readonly variables: ReadonlySet<string>;
  readonly fields: ReadonlySet<string>;
}

const known = new WeakMap<ModuleFacts, Settings>();

/** Does a function of the module set a variable of this name? */
export function isVariableSet(run: Run, file: FileId, name: string): boolean {
  return settingsOf(run, file)?.variables.has(name) ?? false;
}

/** Does a function of the module set a field of this name, of whatever object? Constructors do not count. */
export function isFieldSet(run: Run, file: FileId, name: string): boolean {
  return settingsOf(run, file)?.fields.has(name) ?? false;
}

function settingsOf(run: Run, file: FileId): Settings | undefined {
  const facts = run.project.view.get(file);
  if (!facts) return undefined;
  const found = known.get(facts) ?? settingsIn(facts);
  known.set(facts, found);
  return found;
}

function settingsIn({ body }: ModuleFacts): Settings {
  const [variables, fields] = [new Set<string>(), new Set<string>()];
  const visit = (node: unknown, isInside: boolean, made = false): void => {
    if (typeof node !== 'object' || node === null) return;
    const { k, to, body: own, params } = node as Readonly<Record<string, unknown>>;
    if (isInside && k === 'set') {
      const { k: kind, name, x } = to as { readonly k: string; readonly name?: string; readonly x?: unknown };
      const target = x as { readonly k: string; readonly name?: string } | undefined;
      if (kind === 'name' && name !== undefined) variables.add(name);
      else if (target?.k === 'mem' && target.name !== undefined) fields.add(target.name);
    }
    // A constructor makes what it sets.
    const isFunction = Array.isArray(own) && Array.isArray(params) && !made;
    for (const child of Object.values(node)) visit(child, isInside || isFunction, k === 'ctor');
  };
  visit(body, false);
  return { variables, fields };
}
