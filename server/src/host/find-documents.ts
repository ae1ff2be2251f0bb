/** The documents of a folder that may be specifications: a quick look at each that git would keep. */

import { mayBeSpec } from '../lint/detect.ts';
import { classify } from './classify.ts';
import { configure, type Preset } from './configure.ts';
import { documentLimit } from './limits.ts';
import { listFiles } from './list-files.ts';
import { textOnDisk } from './read-text.ts';
import type { Workspace } from './workspace.ts';

/** Absolute paths, in order. What the configuration ignores is left out. */
export function findDocuments(workspace: Workspace, preset: Preset): readonly string[] {
  const configured = configure(workspace, workspace.folder, {}, preset);
  if (typeof configured === 'string') return [];
  const { files } = listFiles(workspace, [workspace.folder], configured.ignore);
  return files
    .map(({ file }) => file)
    .filter((file) => classify(file)?.document === true)
    .filter((file) => mayBeSpec(textOnDisk(workspace.pathOf(file), file, documentLimit) ?? ''))
    .sort()
    .map((file) => workspace.pathOf(file));
}
