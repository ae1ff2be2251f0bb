/** What functions of a module set: what a request finds there may be other than what the start left. */

import type { FileId, Span } from '../../contract/span.ts';
import type { ModuleFacts } from '../program/program.ts';
import type { Run } from './run.ts';

interface Settings {
  readonly variables: ReadonlySet<string>;
  readonly fields: ReadonlySet<string>;
  /** Fields that are set on a variable: `state.order = …`. */
  readonly fieldsOf: ReadonlyMap<string, ReadonlySet<string>>;
  /** Variables of the module, by where the object literals begin that they hold. */
  readonly holders: ReadonlyMap<number, string>;
  /** Where the object literals begin that functions make. */
  readonly literals: ReadonlySet<number>;
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

/**
 * Does a function set this field of an object literal that a variable of the module holds? Nobody says what holds one
 * that a function made: then any function counts that sets such a field, in its module or in that of `user`.
 */
export function isFieldSetOn(run: Run, literal: Span, name: string, user: FileId): boolean {
  const settings = settingsOf(run, literal.file);
  const holder = settings?.holders.get(literal.start);
  if (holder !== undefined) return settings?.fieldsOf.get(holder)?.has(name) === true;
  return (
    settings?.literals.has(literal.start) === true &&
    [literal.file, user].some((file) => isFieldSet(run, file, name))
  );
}

/** Do functions of the module set any field, of whatever object? Constructors do not count. */
export function isAnyFieldSet(run: Run, file: FileId): boolean {
  return (settingsOf(run, file)?.fields.size ?? 0) > 0;
}

function settingsOf(run: Run, file: FileId): Settings | undefined {
  // What stands in a document is no code.
  const facts = run.modules.has(file) ? run.project.view.get(file) : undefined;
  if (!facts) return undefined;
  const found = known.get(facts) ?? settingsIn(facts);
  known.set(facts, found);
  return found;
}

function settingsIn({ body }: ModuleFacts): Settings {
  const [variables, fields] = [new Set<string>(), new Set<string>()];
  const fieldsOf = new Map<string, Set<string>>();
  const literals = new Set<number>();
  const visit = (node: unknown, isInside: boolean, made = false): void => {
    if (typeof node !== 'object' || node === null) return;
    const { k, s, to, body: own, params } = node as Readonly<Record<string, unknown>>;
    if (isInside && k === 'obj') literals.add(s as number);
    if (isInside && k === 'set') {
      const { k: kind, name, x } = to as { readonly k: string; readonly name?: string; readonly x?: unknown };
      const target = x as Target | undefined;
      if (kind === 'name' && name !== undefined) variables.add(name);
      else if (target?.k === 'mem' && target.name !== undefined) {
        fields.add(target.name);
        if (target.obj?.k === 'id' && target.obj.name !== undefined)
          fieldsOf.set(target.obj.name, (fieldsOf.get(target.obj.name) ?? new Set()).add(target.name));
      }
    }
    // A constructor makes what it sets.
    const isFunction = Array.isArray(own) && Array.isArray(params) && !made;
    for (const child of Object.values(node)) visit(child, isInside || isFunction, k === 'ctor');
  };
  visit(body, false);
  return { variables, fields, fieldsOf, holders: holdersIn(body), literals };
}

interface Target {
  readonly k: string;
  readonly name?: string;
  readonly obj?: Target;
}

function holdersIn(body: ModuleFacts['body']): ReadonlyMap<number, string> {
  const declared = body.flatMap((stmt) => (stmt.k === 'let' ? stmt.decls : []));
  return new Map(
    declared.flatMap(({ to, v }) => (to.k === 'name' && v?.k === 'obj' ? [[v.s, to.name] as const] : [])),
  );
}
