/** The code side: from modules to what each server root serves. */

import { assembleCode } from '../code/assemble.ts';
import type { Project } from '../code/assemble.ts';
import type { ModuleFacts } from '../code/program/program.ts';
import type { Packages } from '../code/resolve/packages.ts';
import { createPackages } from '../code/resolve/packages.ts';
import type { Resolver } from '../code/resolve/resolver.ts';
import { createResolver } from '../code/resolve/resolver.ts';
import { findServerRoots } from '../code/roots.ts';
import type { Scan } from '../code/scan.ts';
import type { Problem } from '../contract/finding.ts';
import type { CodeContract } from '../contract/operation.ts';
import type { FileId } from '../contract/span.ts';
import type { EngineSettings } from './settings.ts';
import { isUnder } from './settings.ts';
import type { Store } from './store.ts';
import type { Demand, WorkItem } from './work.ts';

export interface CodeAssembly {
  readonly contracts: readonly CodeContract[];
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

export function assembleCodes(
  store: Store,
  layout: Layout,
  settings: EngineSettings,
  demand: Demand | undefined,
): CodeAssembly {
  const project = projectOf(store, layout, demand);
  const contracts: CodeContract[] = [];
  const problems: Problem[] = [];
  const wants = new Set<FileId>();
  const roots = settings.roots ?? foundRoots(project.scans, layout.configs);
  for (const root of roots) {
    const assembled = assembleCode(root, project, roots);
    contracts.push(assembled.contract);
    problems.push(...assembled.problems);
    for (const file of assembled.wants) wants.add(file);
  }
  return { contracts, problems, owed: modulesOwed(store, wants) };
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

function projectOf(store: Store, layout: Layout, demand: Demand | undefined): Project {
  const scans = new Map<FileId, Scan>();
  for (const file of layout.files) {
    const scan = store.get(file)?.scan;
    if (scan !== undefined) scans.set(file, scan);
  }
  const view = {
    has: (file: FileId) => store.exists(file) === true,
    get: (file: FileId): ModuleFacts | undefined => {
      const state = store.get(file);
      if (state === undefined || state.module !== undefined || !demand) return state?.module;
      const result = demand({ kind: 'module', file, version: state.listed.version });
      if (result) store.accept(result);
      return store.get(file)?.module;
    },
  };
  return { ...layout, view, scans };
}

function modulesOwed(store: Store, wants: ReadonlySet<FileId>): readonly WorkItem[] {
  const items: WorkItem[] = [];
  for (const file of [...wants].sort()) {
    const state = store.get(file);
    if (state !== undefined && state.module === undefined) {
      items.push({ kind: 'module', file, version: state.listed.version });
    }
  }
  return items;
}
