/** A workspace in memory, and an engine driven over it. */

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { scanText } from '../../server/src/code/scan.ts';
import { readModule } from '../../server/src/code/ts/lower.ts';
import type { FileId } from '../../server/src/contract/span.ts';
import { fileId } from '../../server/src/contract/span.ts';
import type { Engine } from '../../server/src/engine/engine.ts';
import type { FileChange, WorkItem, WorkResult } from '../../server/src/engine/work.ts';
import { classify } from '../../server/src/host/classify.ts';
import { detectSpec } from '../../server/src/specs/openapi/detect.ts';
import { readAnnotations } from '../../server/src/text/annotations.ts';
import { readDocument } from '../../server/src/text/document.ts';

/** A folder in memory, and the work that an engine asks for done on it. */
export class Folder {
  readonly texts = new Map<FileId, string>();

  set(name: string, text: string | null): FileChange {
    const file = fileId(name);
    if (text === null) {
      this.texts.delete(file);
      return { kind: 'remove', file };
    }
    this.texts.set(file, text);
    const found = classify(name);
    assert.ok(found);
    return { kind: 'set', listed: { file, version: hashOf(text), ...found } };
  }

  changes(): readonly FileChange[] {
    return [...this.texts].map(([file, text]) => this.set(file, text));
  }

  perform(item: WorkItem): WorkResult {
    const { file } = item;
    const text = this.texts.get(file);
    if (item.kind === 'probe')
      return { kind: 'probe', file, ...(text === undefined ? {} : { version: hashOf(text) }) };
    const base = { file, version: hashOf(text ?? '') };
    switch (item.kind) {
      case 'config':
        return { ...base, kind: 'config', text: text ?? '' };
      case 'sniff': {
        const spec = detectSpec(text ?? '');
        return { ...base, kind: 'sniff', hash: base.version, ...(spec === undefined ? {} : { spec }) };
      }
      case 'scan':
        return { ...base, kind: 'scan', scan: scanText(text ?? '') };
      case 'document':
        return { ...base, kind: 'document', facts: readDocument(file, text ?? '') };
      case 'module':
        return { ...base, kind: 'module', facts: readModule(file, text ?? '') };
      case 'annotations':
        return { ...base, kind: 'annotations', facts: readAnnotations(file, text ?? '') };
    }
  }
}

function hashOf(text: string): string {
  return createHash('sha1').update(text).digest('base64url');
}

/** Does all the work that the engine asks for. */
export function settle(engine: Engine, folder: Folder): void {
  for (let round = 0; round < 50; round++) {
    const items = engine.owed();
    if (items.length === 0) return;
    for (const item of items) engine.accept(folder.perform(item));
  }
  assert.fail('the engine never stopped asking');
}
