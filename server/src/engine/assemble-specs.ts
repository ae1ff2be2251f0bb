/** The spec side: from documents to contracts. */

import type { Assembled, DocumentFacts, FactsView } from '../contract/facts.ts';
import type { Problem } from '../contract/finding.ts';
import type { SpecContract } from '../contract/operation.ts';
import type { FileId } from '../contract/span.ts';
import type { Annotated } from '../specs/openapi/annotated.ts';
import { assembleSpec } from '../specs/openapi/assemble.ts';
import type { SkippedSpec, SpecCandidate } from './copies.ts';
import { withoutCopies } from './copies.ts';
import type { EngineSettings } from './settings.ts';
import type { Store } from './store.ts';
import type { WorkItem } from './work.ts';

export interface SpecAssembly {
  readonly contracts: readonly SpecContract[];
  readonly problems: readonly Problem[];
  readonly skipped: readonly SkippedSpec[];
  readonly owed: readonly WorkItem[];
}

/** What must be read before any spec can be assembled: which documents are specs. */
export function specStarts(store: Store, settings: EngineSettings): readonly WorkItem[] {
  if (settings.specs !== undefined) return [];
  const items: WorkItem[] = [];
  for (const file of store.files()) {
    const state = store.get(file);
    if (state === undefined || !state.listed.document || state.sniff !== undefined) continue;
    // Only what refers to a file outside of the listing puts it there, so it is no spec of its own.
    if (state.listed.aside !== undefined && file.startsWith('../')) continue;
    items.push({ kind: 'sniff', file, version: state.listed.version });
  }
  return items;
}

export function assembleSpecs(store: Store, settings: EngineSettings): SpecAssembly {
  const view = new DocumentView(store);
  const { roots, skipped } = specRoots(store, settings);
  const wants = new Set<FileId>();
  const candidates: SpecCandidate[] = [];
  for (const root of roots) {
    if (view.get(root) === undefined) {
      if (view.has(root)) wants.add(root);
      continue;
    }
    const assembled: Assembled<SpecContract> = assembleSpec(root, view);
    for (const file of assembled.wants) wants.add(file);
    candidates.push({ contract: assembled.contract, problems: assembled.problems });
  }
  const kept = settings.specs === undefined ? withoutCopies(candidates) : { kept: candidates, skipped: [] };
  return {
    contracts: kept.kept.map((candidate) => candidate.contract),
    problems: [...kept.kept.flatMap((candidate) => candidate.problems), ...documentProblems(store)],
    skipped: [...skipped, ...kept.skipped],
    owed: [...documentsOwed(store, wants), ...view.probes()],
  };
}

/** Adds the specifications that stand in comments, and leaves out what is a copy of another then. */
export function withAnnotated(
  specs: SpecAssembly,
  annotated: readonly Annotated[],
  settings: EngineSettings,
): SpecAssembly {
  if (annotated.length === 0) return specs;
  const wanted = annotated.flatMap(({ contract, problems }): readonly SpecCandidate[] =>
    contract && (settings.specs?.includes(contract.file) ?? true) ? [{ contract, problems }] : [],
  );
  const idle = annotated.flatMap(({ contract, problems }) => (contract ? [] : problems));
  const candidates = [...specs.contracts.map((contract) => ({ contract, problems: [] })), ...wanted];
  const { kept, skipped } =
    settings.specs === undefined ? withoutCopies(candidates) : { kept: candidates, skipped: [] };
  return {
    ...specs,
    contracts: kept.map(({ contract }) => contract),
    problems: [...specs.problems, ...idle, ...kept.flatMap(({ problems }) => problems)],
    skipped: [...specs.skipped, ...skipped],
  };
}

/** The root documents: those that the user named, else all that are specs and no exact copies. */
function specRoots(
  store: Store,
  settings: EngineSettings,
): { readonly roots: readonly FileId[]; readonly skipped: readonly SkippedSpec[] } {
  // A source file that is named as a spec has it in its comments.
  const isDocument = (file: FileId): boolean => store.get(file)?.listed.code !== true;
  if (settings.specs !== undefined) return { roots: settings.specs.filter(isDocument), skipped: [] };
  const roots: FileId[] = [];
  const skipped: SkippedSpec[] = [];
  const byHash = new Map<string, FileId>();
  const found = store.files().filter((file) => store.get(file)?.sniff?.spec !== undefined);
  for (const file of byDepth(found)) {
    const state = store.get(file);
    if (state?.sniff === undefined) continue;
    const original = byHash.get(state.sniff.hash);
    if (state.listed.aside !== undefined) {
      skipped.push({ file, reason: state.listed.aside });
    } else if (original !== undefined) {
      skipped.push({ file, reason: 'same content', copyOf: original });
    } else {
      byHash.set(state.sniff.hash, file);
      roots.push(file);
    }
  }
  return { roots: roots.sort(), skipped };
}

/** Of two equal files the one nearer to the workspace folder is the original. */
function byDepth(files: readonly FileId[]): readonly FileId[] {
  const depth = (file: FileId) => file.split('/').length;
  return [...files].sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1));
}

/** What hosts say of the documents that were read: an assembly tells all that is wrong with what it was made from. */
function documentProblems(store: Store): readonly Problem[] {
  return store.files().flatMap((file) => {
    const state = store.get(file);
    return state?.document === undefined ? [] : state.problems;
  });
}

function documentsOwed(store: Store, wants: ReadonlySet<FileId>): readonly WorkItem[] {
  const items: WorkItem[] = [];
  for (const file of [...wants].sort()) {
    const state = store.get(file);
    if (state !== undefined && state.document === undefined) {
      items.push({ kind: 'document', file, version: state.listed.version });
    }
  }
  return items;
}

/** Remembers which files were asked for that nobody knows, so that the host can look for them. */
class DocumentView implements FactsView<DocumentFacts> {
  readonly #store: Store;
  readonly #unknown = new Set<FileId>();

  constructor(store: Store) {
    this.#store = store;
  }

  has(file: FileId): boolean {
    const exists = this.#store.exists(file);
    if (exists === undefined) this.#unknown.add(file);
    return exists === true;
  }

  get(file: FileId): DocumentFacts | undefined {
    this.has(file);
    return this.#store.get(file)?.document;
  }

  probes(): readonly WorkItem[] {
    return [...this.#unknown].sort().map((file) => ({ kind: 'probe', file }));
  }
}
