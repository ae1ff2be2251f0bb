/** A checkout of a real server, in memory, with an engine over it. */

import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import type { DocumentFacts } from '../../server/src/contract/facts.ts';
import { fileId, type FileId } from '../../server/src/contract/span.ts';
import { createEngine, type Engine } from '../../server/src/engine/engine.ts';
import type { EngineSettings } from '../../server/src/engine/settings.ts';
import { analyse } from '../../server/src/engine/snapshot.ts';
import { classify, skippedFolders } from '../../server/src/host/classify.ts';
import { createIndex, type FeatureIndex } from '../../server/src/lsp/features/feature-index.ts';
import { isSource } from '../../server/src/lsp/features/spec-texts.ts';
import { readDocument } from '../../server/src/text/document.ts';
import { Folder, settle } from '../support/memory-folder.ts';

export interface Checkout {
  readonly folder: Folder;
  readonly engine: Engine;
  readonly settings: EngineSettings;
}

/** Reads all that matters below a folder, and analyses it; `specs` and `roots` are relative to it, and found where none are given. */
export function openCheckout(
  path: string,
  given: { readonly specs?: readonly string[] | undefined; readonly roots?: readonly string[] | undefined },
): Checkout {
  const base = resolve(path);
  const specs = given.specs?.map((name) => fileId(name)) ?? [];
  const settings: EngineSettings = {
    ...(specs.length > 0 && { specs }),
    ...(given.roots && { roots: given.roots }),
    bindings: [],
    rules: { severities: {} },
  };
  const folder = new Folder();
  for (const name of filesBelow(base, specs)) folder.set(name, readFileSync(join(base, name), 'utf8'));
  const engine = createEngine(settings, (item) => folder.perform(item), 'edits');
  engine.apply(folder.changes());
  settle(engine, folder);
  return { folder, engine, settings };
}

/** What an editor would know of a checkout now. */
export function createLook({ engine, folder, settings }: Checkout): () => FeatureIndex {
  const documents = new Map<FileId, { readonly text: string; readonly facts: DocumentFacts }>();
  return () => {
    const snapshot = engine.snapshot();
    return createIndex({
      folder: 'file:///checkout',
      snapshot,
      findings: analyse(snapshot, settings),
      textOf: (file) => folder.texts.get(file),
      documentOf(file) {
        const text = folder.texts.get(file);
        if (text === undefined || isSource(file)) return undefined;
        if (documents.get(file)?.text !== text)
          documents.set(file, { text, facts: readDocument(file, text) });
        return documents.get(file)?.facts;
      },
    });
  };
}

/** A specification that is named may be in a folder that is skipped otherwise. */
function filesBelow(base: string, named: readonly FileId[]): readonly string[] {
  const below = (root: string): readonly string[] =>
    readdirSync(root, { withFileTypes: true }).flatMap((entry): readonly string[] => {
      const path = join(root, entry.name);
      if (entry.isDirectory())
        return entry.name.startsWith('.') || skippedFolders.has(entry.name) ? [] : below(path);
      const name = relative(base, path).split(sep).join('/');
      return entry.isFile() && classify(name) !== undefined ? [name] : [];
    });
  return [...new Set([...below(base), ...named])];
}
