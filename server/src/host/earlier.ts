/** What was found at an earlier commit, with the settings of today and everything that was read already. */

import type { FileId } from '../contract/span.ts';
import { createEngine } from '../engine/engine.ts';
import { judgeSnapshot } from '../engine/snapshot.ts';
import type { ListedFile, WorkItem, WorkResult } from '../engine/work.ts';
import { classify } from './classify.ts';
import type { Configured } from './configure.ts';
import { drive } from './drive.ts';
import type { Revision } from './git.ts';
import { codeLimit, documentLimit } from './limits.ts';
import { listOne } from './list-files.ts';
import { perform, type Performing } from './perform.ts';
import { decoded } from './read-text.ts';

export interface Earlier {
  readonly commit: string;
  /** Fingerprints of what was found then. */
  readonly known: readonly string[];
  /** What was wrong with files then, by code, file and message. */
  readonly problems: ReadonlySet<string>;
}

export function problemPrint({
  code,
  at,
  message,
}: {
  readonly code: string;
  readonly at: { readonly file: string };
  readonly message: string;
}): string {
  return `${code}\0${at.file}\0${message}`;
}

/** `listed` are the files of now; `host` reads those that are still the same. */
export function findEarlier(
  revision: Revision,
  { settings, folders, ignore }: Configured,
  listed: readonly ListedFile[],
  host: Performing,
): Earlier {
  const { workspace } = host;
  const now = new Map(listed.map((each) => [each.file, each]));
  const blobs = new Map<FileId, string>();
  const files: ListedFile[] = [];
  const moved: FileId[] = [];
  for (const { path, blob } of revision.files) {
    const file = workspace.idOf(path);
    if (!classify(file)) continue;
    blobs.set(file, blob);
    const same = now.get(file);
    const then = same ? { ...same, version: blob } : listOne(workspace, folders, ignore, path, blob);
    if (then) files.push(then);
    if (!same || revision.changed.has(path)) moved.push(file);
  }
  const texts = textsOf(revision, moved, blobs);
  const then: Performing = { ...host, openText: (file) => texts(file) };
  const work = (item: WorkItem): WorkResult => {
    if (item.kind !== 'probe') return perform(then, item);
    const version = blobs.get(item.file);
    return { kind: 'probe', file: item.file, ...(version !== undefined && { version }) };
  };
  const { severities } = settings.rules;
  const engine = createEngine(settings, work);
  engine.apply(files.map((each) => ({ kind: 'set', listed: each })));
  drive(engine, work);
  const snapshot = engine.snapshot();
  const { findings } = judgeSnapshot(snapshot, { ...settings, rules: { severities } });
  return {
    commit: revision.commit,
    known: findings.flatMap(({ fingerprints }) => fingerprints ?? []),
    problems: new Set(snapshot.problems.map(problemPrint)),
  };
}

/** Texts of then, where they are not those of now. All are read at once, when the first is asked for. */
function textsOf(
  revision: Revision,
  moved: readonly FileId[],
  blobs: ReadonlyMap<FileId, string>,
): (file: FileId) => string | undefined {
  const wanted = new Set(moved);
  let contents: ReadonlyMap<string, Buffer> | undefined;
  return (file) => {
    if (!wanted.has(file)) return undefined;
    contents ??= revision.read(moved.flatMap((each) => blobs.get(each) ?? []));
    const bytes = contents.get(blobs.get(file) ?? '');
    const limit = classify(file)?.code === true ? codeLimit : documentLimit;
    return bytes === undefined ? '' : decoded(file, bytes, limit).text;
  };
}
