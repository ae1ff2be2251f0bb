/** What was found out before an edit, for as long as all sections that it was read from are as they were. */

import type { Section } from './sections.ts';

/** A section that was looked up by its document and key: undefined where there was none. */
export interface Read {
  /** Document and key in one text. */
  readonly id: string;
  readonly document: string;
  readonly key: string;
  readonly section: Section | undefined;
}

interface Remembered {
  readonly value: unknown;
  readonly reads: readonly Read[];
  /** The state of the documents for which `reads` were found to be current. */
  state: object;
}

/** Answers by what they are about and by the question. Nodes are immutable, so they stand for what is in them. */
export type Memory = WeakMap<object, Map<unknown, Remembered>>;

export interface Recall {
  /** Notes what is read in an answer to `once`. */
  note(read: Read): void;
  /**
   * An answer that depends on `subject`, on `question`, and on what is noted while it is made.
   *
   * @param subject a node, or an entry of one
   */
  once<T>(subject: object, question: unknown, answer: () => T): T;
}

/** For one state of the documents. */
export function createRecall(memory: Memory, isCurrent: (read: Read) => boolean): Recall {
  const state = {};
  let noted: Map<string, Read> | undefined;
  const note = (read: Read): void => void noted?.set(read.id, read);
  return {
    note,
    once<T>(subject: object, question: unknown, answer: () => T): T {
      const about = memory.get(subject) ?? new Map<unknown, Remembered>();
      memory.set(subject, about);
      const known = about.get(question);
      if (known && (known.state === state || known.reads.every(isCurrent))) {
        known.state = state;
        known.reads.forEach(note);
        return known.value as T;
      }
      const outer = noted;
      const own = new Map<string, Read>();
      noted = own;
      let value: T;
      try {
        value = answer();
      } finally {
        noted = outer;
      }
      const reads = [...own.values()];
      about.set(question, { value, reads, state });
      reads.forEach(note);
      return value;
    },
  };
}
