/** Modules: evaluated once each, on demand; ESM and CommonJS meet as TypeScript and Babel let them. */

import type { FileId, Span } from '../../contract/span.ts';
import type { ModuleFacts, Pattern, Stmt } from '../program/program.ts';
import { attempt } from './attempt.ts';
import { documentAt, isDocument } from './documents.ts';
import { evaluate } from './expressions.ts';
import { getMember } from './members.ts';
import { assign } from './patterns.ts';
import type { Resolution } from '../resolve/resolver.ts';
import { lastingly, progress, read, write, type ModuleRecord, type Run } from './run.ts';
import { executeOne, hoist } from './statements.ts';
import { withType } from './written.ts';
import { alternatives, union } from './alternatives.ts';
import { fixedText } from './text-parts.ts';
import {
  dynamic,
  native,
  objectOf,
  text,
  undefinedValue,
  unknownValue,
  type Cell,
  type Scope,
  type Value,
} from './values.ts';

/** Where the workspace would stand if it were at the root of a disk: makes `__dirname` a text that can be joined. */
export const workspaceRoot = '/@workspace';

export function absoluteOf(file: string): string {
  return `${workspaceRoot}/${file}`;
}

/** The record of a module, evaluated; undefined where its facts are not there (then they are wanted). */
export function moduleOf(run: Run, file: FileId): ModuleRecord | undefined {
  const known = run.modules.get(file);
  if (known) return known;
  const facts = run.project.view.get(file);
  if (!facts) {
    if (run.project.view.has(file)) run.wants.add(file);
    return undefined;
  }
  const record = createRecord(run, facts);
  run.modules.set(file, record);
  const fault = attempt(run, { file, start: 0, end: 0 }, () => {
    lastingly(run, () => runModule(run, facts, record));
  });
  if (fault) run.gaps.push(fault);
  record.state = 'done';
  return record;
}

function createRecord(run: Run, facts: ModuleFacts): ModuleRecord {
  const place: Span = { file: facts.file, start: 0, end: 0 };
  const module = objectOf([['exports', objectOf([], place)]], place);
  const directory = facts.file.includes('/') ? facts.file.slice(0, facts.file.lastIndexOf('/')) : '';
  const scope: Scope = { vars: new Map(), file: facts.file, self: { value: undefinedValue } };
  const { vars } = scope;
  vars.set('module', { value: module });
  vars.set('exports', { value: undefined, lazy: () => read(run, exportsCell(module)) });
  vars.set('__filename', { value: text(absoluteOf(facts.file), place) });
  vars.set('__dirname', { value: text(absoluteOf(directory).replace(/\/$/, ''), place) });
  vars.set('require', { value: requireFrom(run, facts.file, place) });
  return {
    file: facts.file,
    scope,
    exports: new Map(),
    stars: [],
    module,
    state: 'running',
    esm: isEsm(facts.body),
  };
}

/** The `require` of a module; what `createRequire` makes of its address is another. */
export function requireFrom(run: Run, file: FileId, place: Span): Value {
  return native(
    'require',
    ([specifier], site) => (specifier ? requireModule(run, specifier, file, site.at) : undefinedValue),
    requireProps(file, place),
  );
}

function requireProps(file: FileId, place: Span): ReadonlyMap<string, Value> {
  return new Map([
    ['main', dynamic(`require.main of ${file}`, place) as Value],
    ['resolve', native('resolve', ([specifier]) => specifier ?? undefinedValue)],
  ]);
}

function exportsCell(module: ModuleRecord['module']): Cell {
  const cell = module.props.get('exports');
  if (cell) return cell;
  const fresh: Cell = { value: undefined };
  module.props.set('exports', fresh);
  return fresh;
}

function isEsm(body: readonly Stmt[]): boolean {
  return body.some(
    (stmt) =>
      stmt.k === 'export' ||
      stmt.k === 'exportDefault' ||
      stmt.k === 'import' ||
      ((stmt.k === 'let' ||
        stmt.k === 'func' ||
        stmt.k === 'cls' ||
        stmt.k === 'enum' ||
        stmt.k === 'type' ||
        stmt.k === 'ns') &&
        stmt.exported !== undefined),
  );
}

function runModule(run: Run, { body, file }: ModuleFacts, record: ModuleRecord): void {
  const { scope } = record;
  const started = run.started.has(file);
  hoist(run, body, scope);
  for (const stmt of body) declareExports(run, stmt, record);
  // Importers in a cycle find every name, wherever its line stands: which module of a cycle runs first depends on
  // where the server is entered, and that is not known here.
  for (const stmt of body) if (stmt.k === 'let') declareOnDemand(run, stmt, record);
  for (const stmt of body) {
    // Each statement of a module gets its chance, whatever those before it have used up.
    if (started) progress(run);
    if (stmt.k === 'import') {
      if (started && !stmt.typeOnly) startImport(run, stmt.from, file);
    } else if (stmt.k === 'exportDefault' || stmt.k === 'exportAssign') {
      const { x } = stmt;
      const cell = stmt.k === 'exportDefault' ? record.exports.get('default') : exportsCell(record.module);
      if (cell && started) write(run, cell, evaluate(run, x, scope));
      else if (cell) cell.lazy = () => evaluate(run, x, scope);
    } else if (stmt.k === 'let') {
      if (started) for (const name of namesOf(stmt)) read(run, scope.vars.get(name) ?? { value: undefined });
    } else if (stmt.k === 'expr' && !started && deferExport(run, stmt, record)) {
      continue;
    } else if (stmt.k !== 'cls' || started) {
      executeOne(run, stmt, scope);
    }
  }
}

type Let = Stmt & { readonly k: 'let' };

function declareOnDemand(run: Run, stmt: Let, record: ModuleRecord): void {
  const { scope } = record;
  for (const decl of stmt.decls) {
    const { v } = decl;
    if (v) declareLazily(run, decl.to, () => evaluate(run, v, scope), scope, decl.type);
    else assign(run, decl.to, undefinedValue, scope, 'declare', decl.type);
  }
  if (stmt.exported) for (const name of namesOf(stmt)) exportName(scope, record, name, name);
}

function namesOf(stmt: Let): readonly string[] {
  return stmt.decls.flatMap(({ to }) => boundNames(to));
}

/** Modules that the server starts with are evaluated where they are first imported, so that routes keep their order. */
function startImport(run: Run, from: string, file: FileId): void {
  const resolved = run.project.resolver.resolve(file, from);
  if (resolved.kind === 'file' && run.started.has(resolved.file)) moduleOf(run, resolved.file);
}

function declareExports(run: Run, stmt: Stmt, record: ModuleRecord): void {
  const { scope, exports } = record;
  const at: Span = { file: record.file, start: stmt.s, end: stmt.e };
  if (stmt.k === 'import') {
    for (const { imported, local } of stmt.names) {
      scope.vars.set(local, {
        value: undefined,
        lazy: () => importBinding(run, record.file, stmt.from, imported, at),
      });
    }
  } else if (stmt.k === 'export') {
    if (stmt.typeOnly) return;
    for (const { local, exported } of stmt.names) {
      const { from } = stmt;
      if (from === undefined)
        exports.set(exported, {
          value: undefined,
          lazy: () => read(run, scope.vars.get(local) ?? { value: undefined }),
        });
      else if (exported === '*') record.stars.push(from);
      else
        exports.set(exported, {
          value: undefined,
          lazy: () => importBinding(run, record.file, from, local, at),
        });
    }
  } else if (stmt.k === 'exportDefault') {
    exports.set('default', { value: undefined });
  } else if ((stmt.k === 'func' || stmt.k === 'cls') && stmt.exported) {
    const name = stmt.k === 'func' ? stmt.name : (stmt.cls.name ?? 'default');
    if (stmt.k === 'cls' && stmt.cls.name === undefined) {
      const { cls } = stmt;
      exports.set('default', {
        value: undefined,
        lazy: () => evaluate(run, { k: 'class', cls, s: stmt.s, e: stmt.e }, scope),
      });
    } else exportName(scope, record, name, stmt.exported === 'default' ? 'default' : name);
  } else if ((stmt.k === 'enum' || stmt.k === 'ns') && stmt.exported) {
    exports.set(stmt.name, {
      value: undefined,
      lazy: () => read(run, scope.vars.get(stmt.name) ?? { value: undefined }),
    });
  }
}

function exportName(scope: Scope, record: ModuleRecord, local: string, exported: string): void {
  const cell = scope.vars.get(local);
  if (cell) record.exports.set(exported, cell);
}

function boundNames(to: Pattern): readonly string[] {
  switch (to.k) {
    case 'name':
      return [to.name];
    case 'dflt':
      return boundNames(to.to);
    case 'objPat':
      return [...to.props.flatMap((prop) => boundNames(prop.to)), ...(to.rest ? boundNames(to.rest) : [])];
    case 'arrPat':
      return [
        ...to.items.flatMap((item) => (item ? boundNames(item) : [])),
        ...(to.rest ? boundNames(to.rest) : []),
      ];
    case 'target':
      return [];
  }
}

function declareLazily(
  run: Run,
  to: Pattern,
  value: () => Value,
  scope: Scope,
  type: Parameters<typeof assign>[5],
): void {
  if (to.k === 'name') {
    scope.vars.set(to.name, {
      value: undefined,
      lazy: () => {
        const result = value();
        const isTyped = result.t === 'unknown' || result.t === 'function';
        return type && isTyped ? withType(run, result, { type, scope }) : result;
      },
    });
    return;
  }
  const whole: Cell = { value: undefined, lazy: value };
  for (const name of boundNames(to)) {
    scope.vars.set(name, {
      value: undefined,
      lazy: () => {
        const inner: Scope = { vars: new Map(), parent: scope, file: scope.file };
        assign(run, to, read(run, whole), inner, 'declare');
        return read(run, inner.vars.get(name) ?? { value: undefined });
      },
    });
  }
}

/** `module.exports = x`, `exports.a = x`, `module.exports.a = x` of a module that did not start: evaluated when asked for. */
function deferExport(run: Run, stmt: Stmt & { readonly k: 'expr' }, record: ModuleRecord): boolean {
  const { x } = stmt;
  if (x.k !== 'set' || x.op !== '=' || x.to.k !== 'target' || x.to.x.k !== 'mem') return false;
  const { obj, name } = x.to.x;
  const lazy = (): Value => evaluate(run, x.v, record.scope);
  if (obj.k === 'id' && obj.name === 'module' && name === 'exports') {
    const cell = exportsCell(record.module);
    cell.value = undefined;
    cell.lazy = lazy;
    return true;
  }
  const isExports =
    (obj.k === 'id' && obj.name === 'exports') ||
    (obj.k === 'mem' && obj.name === 'exports' && obj.obj.k === 'id' && obj.obj.name === 'module');
  if (!isExports) return false;
  const target = read(run, exportsCell(record.module));
  if (target.t !== 'object') return false;
  target.props.set(name, { value: undefined, lazy });
  return true;
}

/** The value of one import. `imported` is a name, `default`, `*` for the namespace, `=` for `import x = require()`. */
export function importBinding(run: Run, file: FileId, from: string, imported: string, at: Span): Value {
  const resolved = resolve(run, file, from);
  if (resolved.kind === 'package') {
    const path = imported === '*' || imported === 'default' || imported === '=' ? [] : [imported];
    return { t: 'external', module: externalName(resolved), path, at };
  }
  if (resolved.kind === 'missing') return unknownValue({ why: 'unresolved', symbol: from, at });
  if (isDocument(resolved.file)) {
    const whole = documentAt(resolved.file, [], at);
    return ['*', 'default', '='].includes(imported) ? whole : getMember(run, whole, imported, { at, file });
  }
  const record = moduleOf(run, resolved.file);
  if (!record) return unknownValue({ why: 'pending' });
  if (imported === '=') return requiredValue(run, record);
  if (imported === '*') return namespaceOf(run, record, at);
  return (
    exportedValue(run, record, imported, at) ??
    unknownValue({ why: 'unresolved', symbol: `${from}#${imported}`, at })
  );
}

function resolve(run: Run, file: FileId, specifier: string): Resolution {
  return run.frameworks.some(({ packages }) => packages?.has(specifier) === true)
    ? { kind: 'package', name: specifier, subpath: '' }
    : run.project.resolver.resolve(file, specifier);
}

function externalName(resolved: { readonly name: string; readonly subpath: string }): string {
  return resolved.subpath === '' || resolved.subpath === '.'
    ? resolved.name
    : `${resolved.name}/${resolved.subpath.replace(/^\.?\//, '')}`;
}

function exportedValue(
  run: Run,
  record: ModuleRecord,
  name: string,
  at: Span,
  seen: ReadonlySet<FileId> = new Set(),
): Value | undefined {
  const cell = record.exports.get(name);
  if (cell) return read(run, cell);
  for (const star of record.stars) {
    const resolved = run.project.resolver.resolve(record.file, star);
    if (resolved.kind === 'package') {
      if (name !== 'default') return { t: 'external', module: externalName(resolved), path: [name], at };
      continue;
    }
    if (resolved.kind === 'missing' || seen.has(resolved.file)) continue;
    const target = moduleOf(run, resolved.file);
    const value = target && exportedValue(run, target, name, at, new Set([...seen, record.file]));
    if (value && value.t !== 'undefined') return value;
  }
  if (record.esm && !hasCommonJs(record)) return undefined;
  const value = read(run, exportsCell(record.module));
  if (name !== 'default') return getMember(run, value, name, { at, file: record.file });
  return value.t === 'object' && value.props.has('default')
    ? read(run, value.props.get('default') ?? { value: undefined })
    : value;
}

function hasCommonJs(record: ModuleRecord): boolean {
  const cell = exportsCell(record.module);
  return cell.lazy !== undefined || cell.value?.t !== 'object' || cell.value.props.size > 0;
}

function namespaceOf(run: Run, record: ModuleRecord, at: Span): Value {
  if (!record.esm) return requiredValue(run, record);
  const props = new Map<string, Cell>(record.exports);
  for (const star of record.stars) {
    const resolved = run.project.resolver.resolve(record.file, star);
    const target = resolved.kind === 'file' ? moduleOf(run, resolved.file) : undefined;
    const inner = target && namespaceOf(run, target, at);
    if (inner?.t === 'object')
      for (const [name, cell] of inner.props)
        if (name !== 'default' && !props.has(name)) props.set(name, cell);
  }
  return { t: 'object', props, open: false, at };
}

/** What `require()` gives. */
function requiredValue(run: Run, record: ModuleRecord): Value {
  if (record.esm && !hasCommonJs(record))
    return namespaceOf(run, record, { file: record.file, start: 0, end: 0 });
  return read(run, exportsCell(record.module));
}

function requireModule(run: Run, specifier: Value, file: FileId, at: Span): Value {
  return union(alternatives(specifier).map((one) => requireOne(run, one, file, at)));
}

function requireOne(run: Run, specifier: Value, file: FileId, at: Span): Value {
  const name = fixedText(specifier);
  if (name === undefined) return dynamic('require of a computed module', at);
  const resolved = resolve(run, file, relativeTo(file, name));
  if (resolved.kind === 'package') return { t: 'external', module: externalName(resolved), path: [], at };
  if (resolved.kind === 'missing') return unknownValue({ why: 'unresolved', symbol: name, at });
  if (isDocument(resolved.file)) return documentAt(resolved.file, [], at);
  const record = moduleOf(run, resolved.file);
  return record ? requiredValue(run, record) : unknownValue({ why: 'pending' });
}

/** Makes a path below `workspaceRoot` relative to the file that asks for it. */
function relativeTo(file: FileId, name: string): string {
  const path = name.replace(/^file:\/\//, '');
  if (!path.startsWith(`${workspaceRoot}/`) && path !== workspaceRoot) return name;
  const target = path.slice(workspaceRoot.length + 1);
  const up = file.split('/').length - 1;
  return `${up === 0 ? './' : '../'.repeat(up)}${target}`;
}

export function importModule(run: Run, specifier: Value, scope: Scope, at: Span): Value {
  const name = fixedText(specifier);
  if (name === undefined) return dynamic('import of a computed module', at);
  return importBinding(run, scope.file, relativeTo(scope.file, name), '*', at);
}
