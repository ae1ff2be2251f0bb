/** The address of a file, or of a part of it, as another one refers to it. */

import type { FileId } from '../contract/span.ts';
import { formatPointer } from '../text/document-node.ts';

/** Empty for the same file, else relative with a leading `./` or `../`. */
export function relativeReference(from: FileId, to: FileId): string {
  if (from === to) return '';
  const folder = from.split('/').slice(0, -1);
  const target = to.split('/');
  let common = 0;
  while (common < folder.length && common < target.length - 1 && folder[common] === target[common])
    common += 1;
  const up = folder.slice(common).map(() => '..');
  const path = [...up, ...target.slice(common)].join('/');
  const written = path.replaceAll(/[%#?\s]/g, (character) => encodeURIComponent(character));
  return up.length > 0 ? written : `./${written}`;
}

/** What `$ref` says in one file for a part of another, or of its own. */
export function referenceTo(
  from: FileId,
  { file, pointer }: { readonly file: FileId; readonly pointer: readonly string[] },
): string {
  return `${relativeReference(from, file)}#${formatPointer(pointer)}`;
}
