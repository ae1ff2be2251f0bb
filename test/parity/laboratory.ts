/** An implementation of the parity API, kept analysed while one thing after the other is changed in it. */

import type { Finding } from '../../server/src/contract/finding.ts';
import { createEngine } from '../../server/src/engine/engine.ts';
import type { EngineSettings } from '../../server/src/engine/settings.ts';
import { analyse, type Snapshot } from '../../server/src/engine/snapshot.ts';
import { createIndex, type FeatureIndex } from '../../server/src/lsp/features/feature-index.ts';
import { Folder, settle } from '../support/memory-folder.ts';
import { applyEdit, type Edit } from './mutation.ts';
import { workspaceOf, type Files } from './workspace.ts';

export interface Laboratory {
  /** The texts with these edits. */
  filesWith(edits: readonly Edit[]): Files;
  /** What an editor would know of these texts. */
  look(files: Files): FeatureIndex;
  /** The findings while these edits stand: `rule METHOD /path`, each once, in order. */
  findingsWith(edits: readonly Edit[]): readonly string[];
}

const settings: EngineSettings = { bindings: [], rules: { severities: {} } };

export function openLaboratory(implementation: string): Laboratory {
  const original = workspaceOf(implementation);
  const folder = new Folder();
  for (const [name, text] of original) if (isRead(name)) folder.set(name, text);
  const engine = createEngine(settings, (item) => folder.perform(item), 'edits');
  engine.apply(folder.changes());
  settle(engine, folder);
  let current: Files = original;

  function take(files: Files): Snapshot {
    const changed = [...files].filter(([name, text]) => isRead(name) && current.get(name) !== text);
    const gone = [...current.keys()].filter((name) => !files.has(name));
    current = files;
    engine.apply([
      ...changed.map(([name, text]) => folder.set(name, text)),
      ...gone.map((name) => folder.set(name, null)),
    ]);
    settle(engine, folder);
    return engine.snapshot();
  }

  function filesWith(edits: readonly Edit[]): Files {
    const files = new Map(original);
    for (const edit of edits) files.set(edit.file, applyEdit(files.get(edit.file) ?? '', edit));
    return files;
  }

  return {
    filesWith,
    look(files) {
      const snapshot = take(files);
      return createIndex({
        folder: 'file:///parity',
        snapshot,
        findings: analyse(snapshot, settings),
        textOf: (file) => files.get(file),
      });
    },
    findingsWith(edits) {
      const findings = analyse(take(filesWith(edits)), settings).filter(
        ({ coveredBy }) => coveredBy === undefined,
      );
      return [...new Set(findings.flatMap(printed))].sort();
    },
  };
}

function isRead(name: string): boolean {
  return /\.(?:ts|js|json|ya?ml)$/.test(name);
}

/** A finding that speaks of several operations is one for each. */
function printed({ rule, operation, operations }: Finding): readonly string[] {
  const about = operations ?? (operation ? [operation] : []);
  if (about.length === 0) return [rule];
  return about.map(({ method, path }) => `${rule} ${method} ${path.replace(/^\/v1/, '')}`);
}
