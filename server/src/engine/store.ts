/** The facts store: what is known of every file, at its current version. */

import type { ModuleFacts } from '../code/program/program.ts';
import type { Scan } from '../code/scan.ts';
import type { AnnotationFacts, DocumentFacts } from '../contract/facts.ts';
import type { Problem } from '../contract/finding.ts';
import type { FileId } from '../contract/span.ts';
import type { SpecVersion } from '../specs/openapi/detect.ts';
import type { FileChange, ListedFile, WorkKind, WorkResult } from './work.ts';

/** What is known of one file. A new version starts from nothing. */
export interface FileState {
  readonly listed: ListedFile;
  readonly config?: string;
  readonly sniff?: { readonly hash: string; readonly spec?: SpecVersion };
  readonly scan?: Scan;
  readonly document?: DocumentFacts;
  readonly module?: ModuleFacts;
  readonly annotations?: AnnotationFacts;
  readonly problems: readonly Problem[];
}

/** The part of the store that a change touched: what was made from the other parts still stands. */
export type Side = 'spec' | 'code' | 'layout';

const sidesOf: Readonly<Record<WorkKind, readonly Side[]>> = {
  config: ['layout', 'code'],
  sniff: ['spec'],
  scan: ['code'],
  document: ['spec'],
  module: ['code'],
  annotations: ['code'],
  probe: ['layout', 'spec'],
};

export class Store {
  readonly #files = new Map<FileId, FileState>();
  /** Files that were asked for and do not exist. */
  readonly #absent = new Set<FileId>();
  /** Documents that the code side reads too. */
  readonly #watched = new Set<FileId>();
  readonly #revisions: Record<Side, number> = { spec: 0, code: 0, layout: 0 };
  #order: readonly FileId[] | undefined;

  /** Changes whenever anything that this side is assembled from does. */
  revision(side: Side): number {
    return this.#revisions[side];
  }

  get(file: FileId): FileState | undefined {
    return this.#files.get(file);
  }

  /** Undefined where nobody looked yet. */
  exists(file: FileId): boolean | undefined {
    if (this.#files.has(file)) return true;
    return this.#absent.has(file) ? false : undefined;
  }

  /** All files in order of their ids, which is the same on every machine. */
  files(): readonly FileId[] {
    this.#order ??= [...this.#files.keys()].sort();
    return this.#order;
  }

  /** From now on this document is of the code side too. */
  watch(document: FileId): void {
    this.#watched.add(document);
  }

  /** Documents of the code side. */
  watched(): readonly FileId[] {
    return [...this.#watched];
  }

  apply(change: FileChange): void {
    if (change.kind === 'remove') {
      if (!this.#files.delete(change.file)) return;
    } else {
      const { listed } = change;
      const before = this.#files.get(listed.file);
      if (before !== undefined && before.listed.version === listed.version) return;
      this.#files.set(listed.file, { listed, problems: [] });
      if (before !== undefined)
        return this.#touch(this.#withCode(listed.file, sidesTouchedBy(before, listed)));
    }
    // A file more or less can change what any name refers to, an absent one included.
    this.#absent.clear();
    this.#order = undefined;
    this.#touch(['layout', 'spec', 'code']);
  }

  accept(result: WorkResult): boolean {
    if (result.kind === 'probe') return this.#acceptProbe(result.file, result.version);
    const before = this.#files.get(result.file);
    if (before === undefined || before.listed.version !== result.version) return false;
    this.#files.set(result.file, withResult(before, result));
    this.#touch(this.#withCode(result.file, sidesOf[result.kind]));
    return true;
  }

  #withCode(file: FileId, sides: readonly Side[]): readonly Side[] {
    return this.#watched.has(file) ? [...sides, 'code'] : sides;
  }

  #acceptProbe(file: FileId, version: string | undefined): boolean {
    if (this.#files.has(file)) return false;
    if (version === undefined) {
      this.#absent.add(file);
    } else {
      // Only documents are looked for beyond the listing, and only because one refers to them.
      const aside = 'outside of what was listed';
      const listed: ListedFile = { file, version, code: false, document: true, config: false, aside };
      this.#files.set(file, { listed, problems: [] });
      this.#order = undefined;
    }
    this.#touch(sidesOf.probe);
    return true;
  }

  #touch(sides: readonly Side[]): void {
    for (const side of sides) this.#revisions[side] += 1;
  }
}

/** What a new version of a file can change: as long as it is listed the same, only what was made from its content. */
function sidesTouchedBy(before: FileState, listed: ListedFile): readonly Side[] {
  const same =
    before.listed.code === listed.code &&
    before.listed.document === listed.document &&
    before.listed.config === listed.config &&
    before.listed.aside === listed.aside;
  if (!same || listed.config) return ['layout', 'spec', 'code'];
  const sides: Side[] = [];
  if (listed.document || before.document !== undefined) sides.push('spec');
  if (listed.code || before.module !== undefined || before.annotations !== undefined) sides.push('code');
  return sides;
}

function withResult(before: FileState, result: Exclude<WorkResult, { kind: 'probe' }>): FileState {
  const problems = result.problem === undefined ? before.problems : [...before.problems, result.problem];
  switch (result.kind) {
    case 'config':
      return { ...before, problems, config: result.text };
    case 'sniff':
      return {
        ...before,
        problems,
        sniff: result.spec === undefined ? { hash: result.hash } : { hash: result.hash, spec: result.spec },
      };
    case 'scan':
      return { ...before, problems, scan: result.scan };
    case 'document':
      return { ...before, problems, document: result.facts };
    case 'module':
      return { ...before, problems, module: result.facts };
    case 'annotations':
      return { ...before, problems, annotations: result.facts };
  }
}
