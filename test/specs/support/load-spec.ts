/** Assembles the spec of a fixture folder as the engine does: documents are read when assembly asks for them. */

import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import type { Assembled, DocumentFacts, FactsView } from '../../../server/src/contract/facts.ts';
import type { SpecContract } from '../../../server/src/contract/operation.ts';
import type { FileId } from '../../../server/src/contract/span.ts';
import { assembleSpec } from '../../../server/src/specs/openapi/assemble.ts';
import { readDocument } from '../../../server/src/text/document.ts';

export interface LoadedSpec extends Assembled<SpecContract> {
  readonly text: (file: FileId) => string;
  readonly rounds: number;
}

export interface SpecFiles {
  has(file: FileId): boolean;
  text(file: FileId): string;
}

export function folderFiles(folder: string): SpecFiles {
  return {
    has: (file) => statSync(join(folder, file), { throwIfNoEntry: false })?.isFile() ?? false,
    text: (file) => readFileSync(join(folder, file), 'utf8'),
  };
}

const MAX_ROUNDS = 50;

export function loadSpec(root: FileId, files: SpecFiles): LoadedSpec {
  const facts = new Map<FileId, DocumentFacts>();
  const view: FactsView<DocumentFacts> = { has: (file) => files.has(file), get: (file) => facts.get(file) };
  for (let rounds = 1; ; rounds++) {
    const assembled = assembleSpec(root, view);
    if (assembled.wants.length === 0 || rounds === MAX_ROUNDS)
      return { ...assembled, text: (file) => files.text(file), rounds };
    for (const file of assembled.wants) facts.set(file, readDocument(file, files.text(file)));
  }
}
