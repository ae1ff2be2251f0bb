/**
 * The engine: a synchronous state machine over the facts store. It asks for work (`owed`), a host does it, and
 * `accept` takes the results; `snapshot` is what follows from everything known. The command line and an editor
 * drive the same machine, so they find the same in the same bytes.
 *
 * INVARIANT: the same files at the same versions give the same snapshot, whatever happened before.
 * INVARIANT: a result is accepted only if its version is still current.
 */

import type { Link } from '../contract/pair.ts';
import type { CodeAssembly, Layout } from './assemble-codes.ts';
import { codeStarts, createCodeSide, layoutOf } from './assemble-codes.ts';
import type { SpecAssembly } from './assemble-specs.ts';
import { assembleSpecs, specStarts, withAnnotated } from './assemble-specs.ts';
import { throughKept, type Kept } from './kept.ts';
import type { EngineSettings } from './settings.ts';
import type { Snapshot } from './snapshot.ts';
import { takeSnapshot } from './snapshot.ts';
import type { Side } from './store.ts';
import { Store } from './store.ts';
import type { Demand, FileChange, WorkItem, WorkResult } from './work.ts';

export interface Engine {
  /** Files that are new, changed or gone. */
  apply(changes: readonly FileChange[]): void;
  /** What to do next, most urgent first; empty when the snapshot is final. Asking again repeats what was not accepted. */
  owed(): readonly WorkItem[];
  /** False for a stale result, which is dropped. */
  accept(result: WorkResult): boolean;
  /** What follows from all that is known now; `complete` tells whether work is owed. */
  snapshot(): Snapshot;
}

/** Is the engine asked once, or over and over while files are edited? Then it keeps what edits leave standing. */
export type Use = 'once' | 'edits';

/**
 * With `demand`, files that assembly asks for are read while it runs, which saves assembling again for each
 * further layer of imports. Without it they are owed; the snapshot is the same. What is `kept` of an earlier run is
 * not assembled again.
 */
export function createEngine(
  settings: EngineSettings,
  demand?: Demand,
  use: Use = 'once',
  kept?: Kept,
): Engine {
  const store = new Store();
  const specs = assembledOnce<SpecAssembly>(store, 'spec', () =>
    throughKept(kept, 'spec', () => assembleSpecs(store, settings)),
  );
  const layout = assembledOnce<Layout>(store, 'layout', () => layoutOf(store));
  const side = createCodeSide(store, settings, demand, use === 'edits');
  const codes = assembledOnce<CodeAssembly>(store, 'code', () =>
    throughKept(
      kept,
      'code',
      () => side.assemble(layout()),
      () => store.watched(),
    ),
  );

  let told:
    { readonly specs: SpecAssembly; readonly codes: CodeAssembly; readonly all: SpecAssembly } | undefined;

  /** Of the last snapshot: what did not change since is the same object in the next one. */
  let links: readonly Link[] = [];

  /** Of documents and of comments. */
  function allSpecs(): SpecAssembly {
    const [documents, code] = [specs(), codes()];
    if (told?.specs !== documents || told.codes !== code)
      told = { specs: documents, codes: code, all: withAnnotated(documents, code.annotated, settings) };
    return told.all;
  }

  function owed(): readonly WorkItem[] {
    const starts = [...specStarts(store, settings), ...codeStarts(store, settings)];
    if (starts.length > 0) return starts;
    // Programs load documents of specs too, and are not started with those that are about to be read.
    const documents = specs().owed;
    return documents.length > 0 ? documents : codes().owed;
  }

  return {
    apply(changes) {
      for (const change of changes) store.apply(change);
    },
    owed,
    accept(result) {
      return store.accept(result);
    },
    snapshot() {
      const complete = owed().length === 0;
      const snapshot = takeSnapshot(store, settings, allSpecs(), codes(), { complete, earlier: links });
      if (use === 'edits') ({ links } = snapshot);
      return snapshot;
    },
  };
}

/** Keeps the last assembly for as long as nothing it was made from changes. */
function assembledOnce<T>(store: Store, side: Side, assemble: () => T): () => T {
  let last: { readonly revision: number; readonly value: T } | undefined;
  return () => {
    if (last?.revision !== store.revision(side)) {
      const value = assemble();
      // Read after assembling: what was demanded meanwhile is part of the result.
      last = { revision: store.revision(side), value };
    }
    return last.value;
  };
}
