/** Facts that assembling asks for in the middle of its work. */

import type { FileId } from '../contract/span.ts';
import type { FileState, Store } from './store.ts';
import type { Demand } from './work.ts';

/** What can be read of a file; a piece of work and what it gives have the same name. */
type Readable = 'module' | 'document' | 'annotations';

/** What was read of a file; read at once where that was not done yet and the host can. */
export function readNow<K extends Readable>(
  store: Store,
  demand: Demand | undefined,
  kind: K,
  file: FileId,
): FileState[K] | undefined {
  const state = store.get(file);
  if (state === undefined || state[kind] !== undefined || !demand) return state?.[kind];
  const result = demand({ kind, file, version: state.listed.version });
  if (result) store.accept(result);
  return store.get(file)?.[kind];
}
