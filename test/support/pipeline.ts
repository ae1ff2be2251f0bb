/** Texts through the real pipeline, in memory: what the command line does, without a disk. */

import { readModule } from '../../server/src/code/ts/lower.ts';
import { scanText } from '../../server/src/code/scan.ts';
import { type FileId, fileId } from '../../server/src/contract/span.ts';
import { createEngine } from '../../server/src/engine/engine.ts';
import type { EngineSettings } from '../../server/src/engine/settings.ts';
import type { Snapshot } from '../../server/src/engine/snapshot.ts';
import type { FileChange, WorkItem, WorkResult } from '../../server/src/engine/work.ts';
import { classify } from '../../server/src/host/classify.ts';
import { detectSpec } from '../../server/src/specs/openapi/detect.ts';
import { readAnnotations } from '../../server/src/text/annotations.ts';
import { readDocument } from '../../server/src/text/document.ts';

/** More rounds than any fixture needs; an engine that owes work for ever is a bug to be seen. */
const MAX_ROUNDS = 100;

export function snapshotOf(
  files: ReadonlyMap<string, string>,
  settings: Partial<EngineSettings> = {},
): Snapshot {
  const engine = createEngine({ bindings: [], rules: { severities: {} }, ...settings });
  engine.apply(
    [...files.keys()].flatMap((path): readonly FileChange[] => {
      const kind = classify(path);
      return kind ? [{ kind: 'set', listed: { file: fileId(path), version: '1', ...kind } }] : [];
    }),
  );
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const owed = engine.owed();
    if (owed.length === 0) return engine.snapshot();
    for (const item of owed) engine.accept(perform(files, item));
  }
  throw new Error('the engine owes work for ever');
}

function perform(files: ReadonlyMap<string, string>, item: WorkItem): WorkResult {
  const { file } = item;
  const text = files.get(file) ?? '';
  if (item.kind === 'probe') return { kind: 'probe', file, ...(files.has(file) && { version: '1' }) };
  const { version } = item;
  switch (item.kind) {
    case 'config':
      return { kind: 'config', file, version, text };
    case 'sniff':
      return sniffed(file, version, text);
    case 'scan':
      return { kind: 'scan', file, version, scan: scanText(text) };
    case 'document':
      return { kind: 'document', file, version, facts: readDocument(file, text) };
    case 'module':
      return { kind: 'module', file, version, facts: readModule(file, text) };
    case 'annotations':
      return { kind: 'annotations', file, version, facts: readAnnotations(file, text) };
  }
}

function sniffed(file: FileId, version: string, text: string): WorkResult {
  const spec = detectSpec(text);
  return { kind: 'sniff', file, version, hash: text, ...(spec !== undefined && { spec }) };
}
