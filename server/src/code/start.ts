/** Which modules a server evaluates in full when it starts, and in what order. */

import type { FileId } from '../contract/span.ts';
import type { Project } from './evaluate/run.ts';

export interface Starts {
  /** Modules that declare routes, and those that import them, directly or not. */
  readonly files: readonly FileId[];
  /** The same, those first that no other imports: they are where the server starts. */
  readonly order: readonly FileId[];
}

/** `roots` are those of all servers: what lies in one inside of this one counts only if this one imports it. */
export function startFiles(root: string, project: Project, roots: readonly string[] = []): Starts {
  const inside = (dir: string, file: string): boolean => dir === '.' || file.startsWith(`${dir}/`);
  const inner = roots.filter((other) => other !== root && inside(root, other));
  const isForeign = (file: FileId): boolean => inner.some((dir) => inside(dir, file));
  const seeds: FileId[] = [];
  const imports: Edges = new Map();
  const importers: Edges = new Map();
  for (const file of project.files) {
    const scan = project.scans.get(file);
    if (!scan || !inside(root, file)) continue;
    if (scan.seed) seeds.push(file);
    for (const specifier of scan.specifiers) {
      const resolved = project.resolver.resolve(file, specifier);
      if (resolved.kind !== 'file' || resolved.file === file) continue;
      addEdge(imports, file, resolved.file);
      addEdge(importers, resolved.file, file);
    }
  }
  const reaching = closure(seeds, importers);
  const own =
    inner.length === 0
      ? reaching
      : closure(
          [...reaching].filter((file) => !isForeign(file)),
          imports,
        );
  const files = [...reaching].filter((file) => own.has(file)).sort();
  const isEntry = (file: FileId): boolean =>
    !(importers.get(file) ?? []).some((importer) => reaching.has(importer) && own.has(importer));
  return { files, order: [...files.filter(isEntry), ...files.filter((file) => !isEntry(file))] };
}

type Edges = Map<FileId, FileId[]>;

function addEdge(edges: Edges, from: FileId, to: FileId): void {
  const known = edges.get(from);
  if (known) known.push(to);
  else edges.set(from, [to]);
}

/** Everything that can be reached from `starts`, and they themselves. */
function closure(starts: readonly FileId[], edges: Edges): ReadonlySet<FileId> {
  const found = new Set(starts);
  const queue = [...starts];
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    for (const next of edges.get(file) ?? []) {
      if (found.has(next)) continue;
      found.add(next);
      queue.push(next);
    }
  }
  return found;
}
