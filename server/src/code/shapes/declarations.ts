/** Where the name of a type leads: through scopes, imports and re-exports, without evaluating any module. */

import type { FileId } from '../../contract/span.ts';
import type { Expr, Stmt, TypeExpr } from '../program/program.ts';
import type { Run } from '../evaluate/run.ts';
import type { Scope, WrittenType } from '../evaluate/values.ts';

export type TypeDeclaration = Stmt & { readonly k: 'type' };

interface Constant {
  readonly v: Expr | undefined;
  readonly type: TypeExpr | undefined;
}

/** The declared names of one module or namespace. */
export interface Names {
  readonly file: FileId;
  /** The namespaces around it, each with a dot. */
  readonly prefix: string;
  /** Several of one name are merged. */
  readonly types: Map<string, TypeDeclaration[]>;
  /** Classes, enums and functions. */
  readonly values: Set<string>;
  readonly constants: Map<string, Constant>;
  readonly spaces: Map<string, Names>;
  readonly imports: Map<string, { readonly from: string; readonly imported: string }>;
  readonly exports: Map<string, { readonly from?: string; readonly local: string }>;
  readonly stars: string[];
}

/** What a name of a type means. */
export type Named =
  | {
      readonly kind: 'type';
      readonly declarations: readonly TypeDeclaration[];
      readonly file: FileId;
      /** Undefined for types inside of functions. */
      readonly id?: string;
    }
  | { readonly kind: 'value'; readonly name: string; readonly file: FileId; readonly member?: string }
  | { readonly kind: 'constant'; readonly name: string; readonly constant: Constant; readonly file: FileId }
  | { readonly kind: 'space'; readonly names: Names }
  | { readonly kind: 'external'; readonly module: string; readonly path: readonly string[] }
  /** A type parameter of a function that is being called, with what the call gives for it. */
  | { readonly kind: 'argument'; readonly type: WrittenType | undefined }
  | { readonly kind: 'pending' };

/** TypeScript keeps types and values under the same name apart. */
type Meaning = 'type' | 'value';

/** Re-exports longer than this go round in circles. */
const hopLimit = 16;

export function namesOf(run: Run, file: FileId): Names | 'pending' | undefined {
  const known = run.types.names.get(file);
  if (known) return known;
  const facts = run.project.view.get(file);
  if (!facts) {
    if (!run.project.view.has(file)) return undefined;
    run.wants.add(file);
    return 'pending';
  }
  const names = collect(facts.body, file);
  run.types.names.set(file, names);
  return names;
}

function collect(body: readonly Stmt[], file: FileId, prefix = ''): Names {
  const names: Names = {
    file,
    prefix,
    types: new Map(),
    values: new Set(),
    constants: new Map(),
    spaces: new Map(),
    imports: new Map(),
    exports: new Map(),
    stars: [],
  };
  for (const stmt of body) declare(names, stmt);
  return names;
}

function declare(names: Names, stmt: Stmt): void {
  switch (stmt.k) {
    case 'type': {
      const list = names.types.get(stmt.name);
      if (list) list.push(stmt);
      else names.types.set(stmt.name, [stmt]);
      return;
    }
    case 'enum':
    case 'func':
      names.values.add(stmt.name);
      return;
    case 'cls':
      if (stmt.cls.name !== undefined) names.values.add(stmt.cls.name);
      if (stmt.exported === 'default' && stmt.cls.name !== undefined)
        names.exports.set('default', { local: stmt.cls.name });
      return;
    case 'let':
      for (const { to, v, type } of stmt.decls)
        if (to.k === 'name') names.constants.set(to.name, { v, type });
      return;
    case 'ns':
      names.spaces.set(stmt.name, collect(stmt.body, names.file, `${names.prefix}${stmt.name}.`));
      return;
    case 'import':
      for (const { imported, local } of stmt.names) names.imports.set(local, { from: stmt.from, imported });
      return;
    case 'export':
      for (const { local, exported } of stmt.names) {
        const { from } = stmt;
        if (from !== undefined && exported === '*') names.stars.push(from);
        else names.exports.set(exported, { local, ...(from !== undefined && { from }) });
      }
      return;
    case 'exportDefault':
      if (stmt.x.k === 'id') names.exports.set('default', { local: stmt.x.name });
      return;
    default:
  }
}

/** Undefined for a name that nothing declares. */
export function findType(run: Run, name: string, scope: Scope, as: Meaning = 'type'): Named | undefined {
  const [first = '', ...rest] = name.split('.');
  for (let current: Scope | undefined = scope; current?.parent; current = current.parent) {
    const declarations = current.types?.get(first);
    if (current.generic?.has(first) && as === 'type')
      return { kind: 'argument', type: current.generic.get(first) };
    if (declarations && rest.length === 0 && as === 'type')
      return { kind: 'type', declarations, file: scope.file };
  }
  const names = namesOf(run, scope.file);
  if (names === 'pending') return { kind: 'pending' };
  return names && within(run, local(run, names, first, 0, as), rest);
}

/** `import('./user').User` */
export function findImported(run: Run, from: string, name: string, file: FileId): Named | undefined {
  const [first = '*', ...rest] = name === '' ? [] : name.split('.');
  return within(run, follow(run, file, from, first, 0, 'type'), rest);
}

function within(run: Run, named: Named | undefined, path: readonly string[]): Named | undefined {
  let current = named;
  for (const part of path) {
    if (current?.kind === 'external') current = { ...current, path: [...current.path, part] };
    else if (current?.kind === 'space') current = exported(run, current.names, part, 0, 'type');
    else if (current?.kind === 'value' && current.member === undefined)
      current = { ...current, member: part };
    else return current?.kind === 'pending' ? current : undefined;
  }
  return current;
}

function local(run: Run, names: Names, name: string, hops: number, as: Meaning): Named | undefined {
  const { file } = names;
  const declarations = names.types.get(name);
  // `const Role = { … } as const; type Role = …`: as a type, the type is meant.
  if (declarations && as === 'type')
    return { kind: 'type', declarations, file, id: `${file}#${names.prefix}${name}` };
  if (names.values.has(name) && names.prefix === '') return { kind: 'value', name, file };
  const constant = names.constants.get(name);
  if (constant) return { kind: 'constant', name, constant, file };
  const space = names.spaces.get(name);
  if (space) return { kind: 'space', names: space };
  const imported = names.imports.get(name);
  return imported && follow(run, file, imported.from, imported.imported, hops + 1, as);
}

function follow(
  run: Run,
  file: FileId,
  from: string,
  imported: string,
  hops: number,
  as: Meaning,
): Named | undefined {
  if (hops > hopLimit) return undefined;
  const resolved = run.project.resolver.resolve(file, from);
  if (resolved.kind === 'missing') return undefined;
  if (resolved.kind === 'package') {
    const path = ['*', 'default', '='].includes(imported) ? [] : [imported];
    return { kind: 'external', module: resolved.name, path };
  }
  const names = namesOf(run, resolved.file);
  if (names === 'pending') return { kind: 'pending' };
  if (!names) return undefined;
  return imported === '*' ? { kind: 'space', names } : exported(run, names, imported, hops, as);
}

function exported(run: Run, names: Names, name: string, hops: number, as: Meaning): Named | undefined {
  const entry = names.exports.get(name);
  if (entry?.from !== undefined) return follow(run, names.file, entry.from, entry.local, hops + 1, as);
  const own = local(run, names, entry?.local ?? name, hops, as);
  if (own) return own;
  for (const star of names.stars) {
    const found = follow(run, names.file, star, name, hops + 1, as);
    if (found && found.kind !== 'external') return found;
  }
  return undefined;
}
