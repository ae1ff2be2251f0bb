/** How often a worker came down, and what was at work each time: what its owner decides by. */

import { CRASH_WINDOW, MOST_CRASHES } from './timing.ts';

export class Falls {
  #times: readonly number[] = [];
  readonly #suspicions = new Map<string, number>();

  /** It came down; true where it will again, so that nobody should start it any more. */
  note(): boolean {
    const now = Date.now();
    this.#times = [...this.#times.filter((at) => now - at < CRASH_WINDOW), now];
    return this.#times.length >= MOST_CRASHES;
  }

  /** `what` was at work when it came down. Once may be chance: true from the second time on. */
  suspect(what: string): boolean {
    const times = (this.#suspicions.get(what) ?? 0) + 1;
    this.#suspicions.set(what, times);
    return times >= 2;
  }
}
