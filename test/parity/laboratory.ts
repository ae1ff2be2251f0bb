/** An implementation of the parity API, kept analysed while one thing after the other is changed in it. */

import type { Finding } from '../../server/src/contract/finding.ts';
import { createEngine } from '../../server/src/engine/engine.ts';
import type { EngineSettings } from '../../server/src/engine/settings.ts';
import { analyse } from '../../server/src/engine/snapshot.ts';
import { Folder, settle } from '../support/memory-folder.ts';
import { applyEdit, type Edit } from './mutation.ts';
import { workspaceOf } from './workspace.ts';

export interface Laboratory {
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
  let edited = new Set<string>();

  return {
    findingsWith(edits) {
      const texts = new Map<string, string>();
      for (const edit of edits)
        texts.set(edit.file, applyEdit(texts.get(edit.file) ?? original.get(edit.file) ?? '', edit));
      const restored = [...edited].map((name): [string, string] => [name, original.get(name) ?? '']);
      edited = new Set(texts.keys());
      const changed = new Map([...restored, ...texts]);
      engine.apply([...changed].map(([name, text]) => folder.set(name, text)));
      settle(engine, folder);
      const findings = analyse(engine.snapshot(), settings).filter(
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
