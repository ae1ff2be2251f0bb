/** The graph of modules below a root module: its controllers, its providers and the prefixes of `RouterModule`. */

import type { UnknownReason } from '../../../contract/knowledge.ts';
import type { Span } from '../../../contract/span.ts';
import { callValue } from '../../evaluate/calls.ts';
import { isolated, type Run } from '../../evaluate/run.ts';
import { alternatives } from '../../evaluate/alternatives.ts';
import { concat, fixedText } from '../../evaluate/text-parts.ts';
import {
  noPlace,
  placeOf,
  text,
  type ClassValue,
  type ExternalValue,
  type Value,
} from '../../evaluate/values.ts';
import { classUses, option, packageOf } from '../classes/decorators.ts';
import { loadConfiguration } from './configuration.ts';
import { findUse } from './decorators.ts';
import { libraryArea, type LibraryArea } from './libraries.ts';
import { readProvider } from './providers.ts';
import type { NestWorld } from './world.ts';

export interface ModuleNode {
  readonly cls: ClassValue;
  readonly controllers: { readonly cls: ClassValue; readonly conditional: Span | undefined }[];
}

export interface ModuleGraph {
  readonly modules: Map<ClassValue, ModuleNode>;
  /** Prefixes of `RouterModule` by module; each counts for the controllers that stand in the module itself. */
  readonly prefixes: { readonly cls: ClassValue; readonly path: Value }[];
  /** Providers of the `APP_GUARD` and `APP_FILTER` kind. */
  readonly enhancers: { readonly kind: string; readonly value: Value }[];
  readonly libraries: LibraryArea[];
  /** Classes that libraries are configured with, which may register them: `PrometheusModule.register({ controller })`. */
  readonly handed: Set<ClassValue>;
  readonly gaps: UnknownReason[];
}

interface Walk {
  readonly run: Run;
  readonly world: NestWorld;
  readonly graph: ModuleGraph;
}

export function readGraph(run: Run, world: NestWorld, root: Value): ModuleGraph {
  const graph: ModuleGraph = {
    modules: new Map(),
    prefixes: [],
    enhancers: [],
    libraries: [],
    handed: new Set(),
    gaps: [],
  };
  isolated(run, () => {
    visit({ run, world, graph }, root, undefined, noPlace);
  });
  return graph;
}

function visit(walk: Walk, value: Value, conditional: Span | undefined, at: Span): void {
  switch (value.t) {
    case 'class':
      addModule(walk, value, undefined, conditional);
      return;
    case 'object': {
      const module = option(value, 'module');
      const target = module && unwrapped(walk, module);
      if (target?.t === 'class') addModule(walk, target, value, conditional);
      else if (target?.t === 'external') addLibrary(walk, target, conditional);
      else if (value.open) walk.graph.gaps.push({ why: 'dynamic', what: 'module', at: value.at });
      return;
    }
    case 'array':
      for (const item of value.items) visit(walk, item, conditional, at);
      if (value.open) walk.graph.gaps.push({ why: 'dynamic', what: 'list of modules', at: value.at });
      return;
    case 'union':
      for (const one of value.of)
        visit(walk, one, conditional ?? placeOf(value.of.find((other) => placeOf(other)) ?? one) ?? at, at);
      return;
    case 'external':
      visitExternal(walk, value, conditional);
      return;
    case 'unknown':
      walk.graph.gaps.push(
        value.reason.why === 'pending' ? { why: 'dynamic', what: 'module', at } : value.reason,
      );
      return;
    default:
  }
}

function visitExternal(walk: Walk, value: ExternalValue, conditional: Span | undefined): void {
  const name = value.path.join('.');
  if (name === 'forwardRef') visit(walk, unwrapped(walk, value), conditional, value.at);
  else if (name === 'ConditionalModule.registerWhen' && value.args?.[0])
    visit(walk, value.args[0], value.at, value.at);
  else if (name === 'RouterModule.register' || name === 'RouterModule.forRoutes')
    addPrefixes(walk, value.args?.[0], text('', value.at), value.at);
  else addLibrary(walk, value, conditional);
}

function unwrapped({ run }: Walk, value: Value): Value {
  if (value.t !== 'external' || value.path.at(-1) !== 'forwardRef' || !value.args?.[0]) return value;
  return callValue(run, value.args[0], [], { at: value.at, file: value.at.file });
}

/** What a library is configured with may need modules of the workspace: `forRootAsync({ imports: [UsersModule] })`. */
function addLibrary(walk: Walk, value: ExternalValue, conditional?: Span): void {
  const { run, world, graph } = walk;
  loadConfiguration(run, world, value);
  const area = libraryArea(value);
  if (area) graph.libraries.push(area);
  for (const options of value.args ?? []) {
    const imports = option(options, 'imports');
    if (imports) visit(walk, imports, conditional, value.at);
    if (options.t === 'object') for (const { value: one } of options.props.values()) handOver(graph, one);
  }
}

function handOver(graph: ModuleGraph, value: Value | undefined): void {
  if (value?.t === 'class') graph.handed.add(value);
  if (value?.t === 'array') for (const item of value.items) handOver(graph, item);
}

function addModule(
  walk: Walk,
  cls: ClassValue,
  dynamic: Value | undefined,
  conditional: Span | undefined,
): void {
  const { run, world, graph } = walk;
  const known = graph.modules.get(cls);
  const node: ModuleNode = known ?? { cls, controllers: [] };
  graph.modules.set(cls, node);
  const module = known ? undefined : findUse(classUses(run, world, cls), 'Module');
  if (!known && !module && !dynamic)
    graph.gaps.push({ why: 'unresolved', symbol: 'what the module consists of', at: cls.at });
  for (const metadata of [module?.args[0], dynamic]) {
    for (const one of metadata ? alternatives(metadata) : [])
      addMetadata(walk, node, one, one === metadata ? conditional : (conditional ?? cls.at));
  }
}

function addMetadata(walk: Walk, node: ModuleNode, metadata: Value, conditional: Span | undefined): void {
  const { at } = node.cls;
  if (metadata.t === 'unknown')
    walk.graph.gaps.push(
      metadata.reason.why === 'pending' ? { why: 'dynamic', what: 'module', at } : metadata.reason,
    );
  addControllers(walk, node, option(metadata, 'controllers'), conditional, at);
  addProviders(walk, option(metadata, 'providers'));
  const imports = option(metadata, 'imports');
  if (imports) visit(walk, imports, conditional, at);
}

function addControllers(
  walk: Walk,
  node: ModuleNode,
  value: Value | undefined,
  conditional: Span | undefined,
  at: Span,
): void {
  if (!value) return;
  switch (value.t) {
    case 'class':
      if (!node.controllers.some(({ cls }) => cls === value))
        node.controllers.push({ cls: value, conditional });
      return;
    case 'array':
      for (const item of value.items) addControllers(walk, node, item, conditional, at);
      if (value.open) walk.graph.gaps.push({ why: 'dynamic', what: 'list of controllers', at: value.at });
      return;
    case 'union':
      for (const one of value.of) addControllers(walk, node, one, conditional ?? at, at);
      return;
    case 'unknown':
      walk.graph.gaps.push(
        value.reason.why === 'pending' ? { why: 'dynamic', what: 'controller', at } : value.reason,
      );
      return;
    case 'external':
      // A controller of a package (`TsRestModule`, `HealthController` of a library): routes that we do not read.
      walk.graph.gaps.push({
        why: 'unresolved',
        symbol: `${value.module}#${value.path.join('.')}`,
        at: value.at,
      });
      return;
    default:
  }
}

function addProviders({ world, graph }: Walk, value: Value | undefined): void {
  for (const list of value ? alternatives(value) : []) {
    for (const item of list.t === 'array' ? list.items : []) {
      for (const one of item.t === 'array' ? item.items : [item]) addProvider(world, graph, one);
    }
  }
}

function addProvider(world: NestWorld, graph: ModuleGraph, value: Value): void {
  const provider = readProvider(value);
  if (!provider) return;
  const { token } = provider;
  const name =
    token.t === 'external' && packageOf(token.module) === '@nestjs/core' ? (token.path[0] ?? '') : '';
  if (name.startsWith('APP_')) graph.enhancers.push({ kind: name, value });
  else if (value.t === 'class') world.classes.push(value);
  else world.providers.push(provider);
}

/** `[{ path, module, children }]`: a child stands behind its parent; a bare module as a child has its parent's path. */
function addPrefixes(walk: Walk, routes: Value | undefined, parent: Value, at: Span): void {
  for (const list of routes ? alternatives(routes) : []) {
    for (const route of list.t === 'array' ? list.items : [list]) {
      const target = unwrapped(walk, route);
      if (target.t === 'class') {
        walk.graph.prefixes.push({ cls: target, path: parent });
        continue;
      }
      const own = option(route, 'path');
      const path =
        own === undefined || fixedText(own) === '' || fixedText(own) === '/'
          ? parent
          : concat(parent, slashed(own, at), at);
      const module = option(route, 'module');
      const cls = module && unwrapped(walk, module);
      if (cls?.t === 'class') walk.graph.prefixes.push({ cls, path });
      addPrefixes(walk, option(route, 'children'), path, at);
    }
  }
}

function slashed(path: Value, at: Span): Value {
  return fixedText(path)?.startsWith('/') ? path : concat(text('/', at), path, at);
}
