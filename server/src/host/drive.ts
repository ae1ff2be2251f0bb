/** Drives an engine in this process until it owes no more work. */

import type { Engine } from '../engine/engine.ts';
import type { WorkItem, WorkResult } from '../engine/work.ts';

export interface Progress {
  readonly done: number;
  readonly total: number;
}

/** Does all the work there is; `onProgress` hears of it after each item. */
export function drive(
  engine: Engine,
  work: (item: WorkItem) => WorkResult,
  onProgress?: (progress: Progress) => void,
): void {
  let done = 0;
  for (let items = engine.owed(); items.length > 0; items = engine.owed()) {
    const total = done + items.length;
    let accepted = 0;
    for (const item of items) {
      if (engine.accept(work(item))) accepted += 1;
      done += 1;
      onProgress?.({ done, total });
    }
    // Only a file that changed since it was listed is refused; going on would ask for it for ever.
    if (accepted === 0) return;
  }
}
