/** Which modules a server evaluates in full when it starts, and in what order. */

import type { FileId } from '../contract/span.ts';
import type { Project } from './evaluate/run.ts';

export interface Starts {
  /** Modules that declare routes, and those that import them, directly or not. */
  readonly files: readonly FileId[];
  /** The same, those first that no other imports: they are where the server starts. */
  readonly order: readonly FileId[];
}

export function startFiles(root: string, project: Project): Starts {
  const inside = (file: FileId): boolean => root === '.' || file.startsWith(`${root}/`);
  const seeds: FileId[] = [];
  const importers = new Map<FileId, FileId[]>();
  for (const file of project.files) {
    const scan = project.scans.get(file);
    if (!scan || !inside(file)) continue;
    if (scan.seed) seeds.push(file);
    for (const specifier of scan.specifiers) {
      const resolved = project.resolver.resolve(file, specifier);
      if (resolved.kind !== 'file' || resolved.file === file) continue;
      const known = importers.get(resolved.file);
      if (known) known.push(file);
      else importers.set(resolved.file, [file]);
    }
  }
  const files = new Set(seeds);
  const queue = [...seeds];
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    for (const importer of importers.get(file) ?? []) {
      if (files.has(importer)) continue;
      files.add(importer);
      queue.push(importer);
    }
  }
  const all = [...files].sort();
  const isEntry = (file: FileId): boolean => !(importers.get(file) ?? []).some((importer) => files.has(importer));
  return { files: all, order: [...all.filter(isEntry), ...all.filter((file) => !isEntry(file))] };
}
