/** What fixes make of a workspace in memory. */

import type { FileEdit } from '../../../../server/src/lsp/features/fixes/fix.ts';

/** Edits of one file are apart. */
export function applied(
  files: ReadonlyMap<string, string>,
  edits: readonly FileEdit[],
): ReadonlyMap<string, string> {
  const next = new Map(files);
  for (const edit of [...edits].sort((a, b) => b.start - a.start)) {
    const text = next.get(edit.file) ?? '';
    next.set(edit.file, text.slice(0, edit.start) + edit.text + text.slice(edit.end));
  }
  return next;
}
