/** Paths of files and folders as a running server has them, and what of the workspace they mean. */

import { fileId, type FileId } from '../../contract/span.ts';
import { joined } from '../../text/relative-path.ts';
import { workspaceRoot } from './modules.ts';
import type { Run } from './run.ts';

/**
 * The place in the workspace that a path means: absolute below `workspaceRoot`, or relative to where the server of
 * the file `from` is started. `''` for the workspace itself, undefined outside of it.
 */
export function placeAt(run: Run, path: string, from: FileId): string | undefined {
  const plain = path.replace(/^file:\/\//, '');
  const home = run.project.packages.nearest(from)?.dir ?? '.';
  const start = plain.startsWith('/') ? '/' : home === '.' ? workspaceRoot : `${workspaceRoot}/${home}`;
  const whole = joined(start, plain);
  if (whole === workspaceRoot) return '';
  return whole.startsWith(`${workspaceRoot}/`) ? whole.slice(workspaceRoot.length + 1) : undefined;
}

export function fileAt(run: Run, path: string, from: FileId): FileId | undefined {
  const place = placeAt(run, path, from);
  return place === undefined || place === '' ? undefined : fileId(place);
}

const output = /(^|\/)(?:dist|build|out|lib)\//;

/** The files below a folder, relative to it; those that it is built from where it is build output. */
export function filesBelow(
  run: Run,
  folder: string,
): { readonly folder: string; readonly files: readonly string[] } {
  const candidates = [folder, folder.replace(output, '$1src/'), folder.replace(output, '$1')];
  for (const candidate of new Set(candidates)) {
    const base = candidate === '' ? '' : `${candidate}/`;
    const files = run.project.files.flatMap((file) =>
      file.startsWith(base) ? [file.slice(base.length)] : [],
    );
    if (files.length > 0) return { folder: candidate, files };
  }
  return { folder, files: [] };
}
