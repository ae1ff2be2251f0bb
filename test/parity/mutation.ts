/** One seeded drift: a small edit of the contract or of the code, and what has to be found in consequence. */

/** What drifted; the table of figures has a line for each. */
export const categories = [
  'operations',
  'paths and methods',
  'parameters',
  'request bodies',
  'responses',
  'statuses',
  'errors',
  'media types',
  'security',
  'no drift',
] as const;

export type Category = (typeof categories)[number];

/** Replaces the first `from` behind `after`, or all from there to the next `until`, which stays. */
export interface Edit {
  /** Below `api/` or `server/`. */
  readonly file: string;
  readonly after?: string;
  readonly from: string;
  readonly until?: string;
  readonly to: string;
}

export interface Mutation {
  /** Unique within the contract or the implementation that it is about. */
  readonly name: string;
  readonly category: Category;
  readonly edits: readonly Edit[];
  /** `rule METHOD /path`, or `rule` for any operations; nothing for a change that is no drift. */
  readonly expect: readonly string[];
}

/** Throws where an edit does not apply: a mutation that changes nothing proves nothing. */
export function applyEdit(text: string, edit: Edit): string {
  const { file, after, from, until, to } = edit;
  const base = after === undefined ? 0 : text.indexOf(after);
  const start = base < 0 ? -1 : text.indexOf(from, base);
  const end =
    start < 0 || until === undefined ? start + from.length : text.indexOf(until, start + from.length);
  if (start < 0 || end < 0) throw new Error(`${file} has no such place: ${JSON.stringify(edit)}`);
  const edited = text.slice(0, start) + to + text.slice(end);
  if (edited === text) throw new Error(`nothing is changed: ${JSON.stringify(edit)}`);
  return edited;
}
