/** Work that waits for a pause in typing, by what it is about. */

export class Pauses {
  readonly #timers = new Map<string, NodeJS.Timeout>();

  /** Does `work` after `delay` milliseconds; asking again for the same `key` begins the pause anew. */
  after(key: string, delay: number, work: () => void): void {
    clearTimeout(this.#timers.get(key));
    this.#timers.set(
      key,
      setTimeout(() => {
        this.#timers.delete(key);
        work();
      }, delay),
    );
  }

  cancel(key: string): void {
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
  }

  clear(): void {
    for (const key of [...this.#timers.keys()]) this.cancel(key);
  }
}
