/** The code side: from modules to what each server root serves. */

import { startServer, type Project, type Server } from '../code/assemble.ts';
import { mayRegister } from '../code/evaluate/look.ts';
import { patchModule, type Places } from '../code/evaluate/patch.ts';
import { relocate, type Relocations } from '../code/places.ts';
import type { ModuleFacts } from '../code/program/program.ts';
import type { Packages } from '../code/resolve/packages.ts';
import { createPackages } from '../code/resolve/packages.ts';
import type { Resolver } from '../code/resolve/resolver.ts';
import { createResolver } from '../code/resolve/resolver.ts';
import { findServerRoots } from '../code/roots.ts';
import type { Scan } from '../code/scan.ts';
import type { Gathering } from '../contract/annotated.ts';
import type { DocumentFacts, FactsView } from '../contract/facts.ts';
import type { Problem } from '../contract/finding.ts';
import type { CodeContract } from '../contract/operation.ts';
import type { FileId } from '../contract/span.ts';
import type { Annotated } from '../specs/openapi/annotated.ts';
import { type AnnotatedSide, createAnnotatedSide } from './assemble-annotated.ts';
import { ignoresOf, routePattern, withDeprecations, withInternal, type RoutePattern } from './marks.ts';
import { readNow } from './read-now.ts';
import type { EngineSettings } from './settings.ts';
import { isUnder } from './settings.ts';
import type { Store } from './store.ts';
import type { Demand, WorkItem } from './work.ts';

export interface CodeAssembly {
  readonly contracts: readonly CodeContract[];
  /** Specifications that stand in comments of the code. */
  readonly annotated: readonly Annotated[];
  readonly problems: readonly Problem[];
  readonly owed: readonly WorkItem[];
}

/** What must be read before any code can be assembled: configuration, and the cheap look at every source file. */
export function codeStarts(store: Store, settings: EngineSettings): readonly WorkItem[] {
  const items: WorkItem[] = [];
  for (const file of store.files()) {
    const state = store.get(file);
    if (state === undefined) continue;
    const { listed } = state;
    if (listed.config && state.config === undefined) {
      items.push({ kind: 'config', file, version: listed.version });
    }
    if (listed.code && state.scan === undefined && isStart(file, listed.aside, settings)) {
      items.push({ kind: 'scan', file, version: listed.version });
    }
  }
  return items;
}

/** Outside of the roots that the user named, a file counts only if something inside imports it. */
function isStart(file: FileId, aside: string | undefined, settings: EngineSettings): boolean {
  if (aside !== undefined) return false;
  return settings.roots === undefined || settings.roots.some((root) => isUnder(file, root));
}

/** Module resolution, which stands for as long as no file comes, goes or configures anything else. */
export interface Layout {
  readonly files: readonly FileId[];
  readonly configs: ReadonlyMap<FileId, string>;
  readonly resolver: Resolver;
  readonly packages: Packages;
}

export function layoutOf(store: Store): Layout {
  const files: FileId[] = [];
  const configs = new Map<FileId, string>();
  for (const file of store.files()) {
    const state = store.get(file);
    if (state?.listed.code === true || state?.listed.document === true) files.push(file);
    if (state?.config !== undefined) configs.set(file, state.config);
  }
  const has = (file: FileId) => store.exists(file) === true;
  return { files, configs, resolver: createResolver({ has, configs }), packages: createPackages(configs) };
}

/** Assembles the code side, again and again: what an edit leaves standing is not evaluated anew. */
export interface CodeSide {
  assemble(layout: Layout): CodeAssembly;
}

/** `tracks`: edits are to come, and what they leave standing is worth keeping. */
export function createCodeSide(
  store: Store,
  settings: EngineSettings,
  demand: Demand | undefined,
  tracks: boolean,
): CodeSide {
  let session: Session | undefined;
  const annotated = createAnnotatedSide(store, demand);
  return {
    assemble(layout) {
      const scans = scansOf(store, layout, session?.scans);
      const modules = moduleView(store, demand);
      let current: FreshSession | undefined;
      if (
        session &&
        session.layout === layout &&
        sameScans(session.scans, scans) &&
        sameDocuments(session.documents, store)
      ) {
        const owed = takeEdits(session, modules);
        if (owed && owed.length > 0)
          return { ...session.last, owed: filesOwed(store, new Set(owed), session.documents) };
        if (owed) current = session;
      }
      current ??= startSession(store, layout, scans, settings, { modules, demand, tracks });
      const last = assembleServers(store, current, annotated);
      session =
        tracks && current.servers.every(({ patchable }) => patchable) ? { ...current, last } : undefined;
      return last;
    },
  };
}

/** Servers that were started, and the facts that they were started from. */
interface FreshSession {
  readonly layout: Layout;
  readonly scans: ReadonlyMap<FileId, Scan>;
  readonly servers: readonly Server[];
  readonly modules: InstalledModules;
  readonly places: Map<FileId, Places>;
  readonly relocations: Relocations;
  /** Documents that the programs load, as they were read; undefined for those that are still to be read. */
  readonly documents: LoadedDocuments;
  readonly internal: readonly RoutePattern[];
}

interface Session extends FreshSession {
  readonly last: CodeAssembly;
}

interface Installed {
  /** What was evaluated, with the edits since then taken in. */
  readonly facts: ModuleFacts;
  /** The facts that this equals. */
  current: ModuleFacts;
  editions: number;
}

type InstalledModules = Map<FileId, Installed>;
type LoadedDocuments = Map<FileId, DocumentFacts | undefined>;

interface SessionParts {
  readonly modules: FactsView<ModuleFacts>;
  readonly demand: Demand | undefined;
  readonly tracks: boolean;
}

function startSession(
  store: Store,
  layout: Layout,
  scans: ReadonlyMap<FileId, Scan>,
  settings: EngineSettings,
  { modules: view, demand, tracks }: SessionParts,
): FreshSession {
  const documents: LoadedDocuments = new Map();
  const modules: InstalledModules = new Map();
  const get = (file: FileId): ModuleFacts | undefined => {
    const known = modules.get(file);
    if (known) return known.facts;
    const facts = view.get(file);
    if (facts) modules.set(file, { facts, current: facts, editions: 0 });
    return facts;
  };
  const project: Project = {
    ...layout,
    view: { has: view.has, get },
    documents: documentView(store, demand, documents),
    scans,
    ...(settings.security && { security: settings.security }),
  };
  const roots = settings.roots ?? foundRoots(scans, layout.configs);
  const servers = roots.map((root) => startServer(root, project, roots, tracks));
  const internal = (settings.internal ?? []).map(routePattern);
  const places: FreshSession['places'] = new Map();
  return { layout, scans, servers, modules, places, relocations: new WeakMap(), documents, internal };
}

/** Takes in what was edited; the files that have to be read first, undefined where all has to be started anew. */
function takeEdits(
  { servers, modules, places }: Session,
  view: FactsView<ModuleFacts>,
): readonly FileId[] | undefined {
  const edits: { readonly installed: Installed; readonly next: ModuleFacts }[] = [];
  const owed: FileId[] = [];
  for (const [file, installed] of modules) {
    const next = view.get(file);
    if (!next) owed.push(file);
    else if (next !== installed.current) edits.push({ installed, next });
  }
  if (owed.length > 0) return owed;
  const settled = unionOf(servers.map((server) => server.settled));
  for (const { installed, next } of edits) {
    const { file } = next;
    const patch = patchModule(installed.facts, next, settled, installed.editions + 1);
    if (!patch) return undefined;
    // What nothing has called may be called by something that we do not see, if it registers routes.
    const isStarted = servers.some(({ started }) => started.has(file));
    if (isStarted && patch.changed.some(mayRegister)) return undefined;
    installed.editions += 1;
    installed.current = next;
    places.set(file, patch.places);
  }
  const files = new Set(edits.map(({ next }) => next.file));
  if (files.size > 0) for (const server of servers) server.edited(files);
  return [];
}

function unionOf<T>(sets: readonly ReadonlySet<T>[]): ReadonlySet<T> {
  const [only] = sets;
  return only && sets.length === 1 ? only : new Set(sets.flatMap((set) => [...set]));
}

function assembleServers(
  store: Store,
  { layout, servers, modules, places, relocations, documents, internal }: FreshSession,
  annotate: AnnotatedSide,
): CodeAssembly {
  const contracts: CodeContract[] = [];
  const gatherings: Gathering[] = [];
  const problems: Problem[] = [];
  const wants = new Set<FileId>();
  for (const server of servers) {
    const assembled = server.assemble();
    const { gatherings: own = [], ...contract } = relocate(assembled.contract, places, relocations);
    gatherings.push(...own);
    contracts.push(contract);
    problems.push(...assembled.problems);
    for (const file of assembled.wants) wants.add(file);
  }
  const facts = [...modules.values()].map(({ current }) => current);
  // Also what hosts say of the files: an assembly tells all that is wrong with what it was made from.
  for (const each of facts) problems.push(...each.problems, ...(store.get(each.file)?.problems ?? []));
  const ignores = ignoresOf(facts);
  const marked = contracts.map((contract) =>
    withDeprecations(withInternal(ignores.length > 0 ? { ...contract, ignores } : contract, internal), facts),
  );
  const owed = filesOwed(store, wants, documents);
  if (owed.length > 0) return { contracts: marked, annotated: [], problems, owed };
  const { specs, wants: annotated, documents: named } = annotate(layout, gatherings);
  return {
    contracts: marked,
    annotated: specs,
    problems,
    owed: [...itemsOf(store, 'annotations', annotated), ...itemsOf(store, 'document', named)],
  };
}

/** Roots are where applications are made; where none is, wherever routes are declared. */
function foundRoots(
  scans: ReadonlyMap<FileId, Scan>,
  configs: ReadonlyMap<FileId, string>,
): readonly string[] {
  const apps = [...scans].filter(([, scan]) => scan.app).map(([file]) => file);
  const seeds = [...scans].filter(([, scan]) => scan.seed).map(([file]) => file);
  const roots = findServerRoots({ apps: apps.length > 0 ? apps : seeds, configs });
  return [...new Set(roots.map((root) => root.dir))].sort();
}

/** What is not scanned yet counts as before. */
function scansOf(
  store: Store,
  layout: Layout,
  before: ReadonlyMap<FileId, Scan> | undefined,
): ReadonlyMap<FileId, Scan> {
  const scans = new Map<FileId, Scan>();
  for (const file of layout.files) {
    const scan = store.get(file)?.scan ?? before?.get(file);
    if (scan !== undefined) scans.set(file, scan);
  }
  return scans;
}

function sameScans(a: ReadonlyMap<FileId, Scan>, b: ReadonlyMap<FileId, Scan>): boolean {
  if (a.size !== b.size) return false;
  for (const [file, scan] of a) {
    const other = b.get(file);
    if (other !== scan && !(other && sameScan(scan, other))) return false;
  }
  return true;
}

function sameScan(a: Scan, b: Scan): boolean {
  return (
    a.seed === b.seed &&
    a.app === b.app &&
    a.specifiers.length === b.specifiers.length &&
    a.specifiers.every((specifier, index) => specifier === b.specifiers[index])
  );
}

function moduleView(store: Store, demand: Demand | undefined): FactsView<ModuleFacts> {
  return {
    has: (file) => store.exists(file) === true,
    get: (file) => readNow(store, demand, 'module', file),
  };
}

/** Documents that programs load: the code side waits for them, and starts anew when one of them changes. */
function documentView(
  store: Store,
  demand: Demand | undefined,
  loaded: LoadedDocuments,
): FactsView<DocumentFacts> {
  return {
    has: (file) => store.get(file)?.listed.document === true,
    get: (file) => {
      if (store.get(file)?.listed.document !== true) return undefined;
      store.watch(file);
      const facts = readNow(store, demand, 'document', file);
      loaded.set(file, facts);
      return facts;
    },
  };
}

function itemsOf(
  store: Store,
  kind: 'annotations' | 'document',
  files: readonly FileId[],
): readonly WorkItem[] {
  return files.flatMap((file) => {
    const version = store.get(file)?.listed.version;
    return version === undefined ? [] : [{ kind, file, version }];
  });
}

function sameDocuments(loaded: LoadedDocuments, store: Store): boolean {
  return [...loaded].every(([file, facts]) => store.get(file)?.document === facts);
}

/** A document can be wanted as what it is, and as the module that JSON is. */
function filesOwed(
  store: Store,
  wants: ReadonlySet<FileId>,
  documents: LoadedDocuments,
): readonly WorkItem[] {
  const items: WorkItem[] = [];
  for (const file of [...wants].sort()) {
    const state = store.get(file);
    if (state === undefined) continue;
    const { version } = state.listed;
    if (documents.has(file) && state.document === undefined) items.push({ kind: 'document', file, version });
    else if (state.module === undefined) items.push({ kind: 'module', file, version });
  }
  return items;
}
