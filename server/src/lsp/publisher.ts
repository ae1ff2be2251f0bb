/**
 * What is shown where. Each origin says all that it has to say; what changed is sent, and a file of which nothing is
 * said any more gets an empty list.
 */

import type { Diagnostic } from 'vscode-languageserver';

/** Linting, drift, and what is wrong with input are told by different parts at different times. */
export type Origin = 'drift' | 'lint' | 'syntax';

export class Publisher {
  readonly #send: (uri: string, diagnostics: Diagnostic[]) => void;
  readonly #said = new Map<string, ReadonlyMap<string, readonly Diagnostic[]>>();
  readonly #shown = new Map<string, string>();

  constructor(send: (uri: string, diagnostics: Diagnostic[]) => void) {
    this.#send = send;
  }

  /**
   * Replaces everything that `origin` said about what belongs to `owner` (a folder, a document). The files in `keep`
   * stay as they are: their texts are in a state that nothing is known about.
   */
  say(
    origin: Origin,
    owner: string,
    diagnostics: ReadonlyMap<string, readonly Diagnostic[]>,
    keep: ReadonlySet<string> = new Set(),
  ): void {
    const key = `${origin}\0${owner}`;
    const before = this.#said.get(key);
    const now = new Map([...diagnostics].filter(([uri]) => !keep.has(uri)));
    for (const uri of keep) {
      const kept = before?.get(uri);
      if (kept) now.set(uri, kept);
    }
    this.#said.set(key, now);
    for (const uri of new Set([...(before?.keys() ?? []), ...now.keys()]))
      if (!keep.has(uri) && !isSame(before?.get(uri), now.get(uri))) this.#show(uri);
  }

  forget(origin: Origin, owner: string): void {
    this.say(origin, owner, new Map());
    this.#said.delete(`${origin}\0${owner}`);
  }

  #show(uri: string): void {
    const said = plainest([...this.#said.values()].flatMap((each) => each.get(uri) ?? []));
    // What several origins or owners say of one place (two specs of a part that they share) is shown once.
    const all = [...new Map(said.map((each) => [JSON.stringify(each), each])).values()].sort(byPlace);
    const text = JSON.stringify(all);
    if ((this.#shown.get(uri) ?? '[]') === text) return;
    if (all.length === 0) this.#shown.delete(uri);
    else this.#shown.set(uri, text);
    this.#send(uri, all);
  }
}

/**
 * Codes that say of a place what another one says better: linting says in full what the schemas of OpenAPI find of a key,
 * and the analysis knows where a reference was to lead.
 */
const saidBetter: Readonly<Record<string, RegExp>> = {
  'openapi/unknown-method': /^oas[23]-schema$/,
  'invalid-ref': /^openapi\/dangling-ref$/,
};

function plainest(said: readonly Diagnostic[]): readonly Diagnostic[] {
  const isSaidBetter = ({ code, range }: Diagnostic): boolean => {
    const better = saidBetter[String(code)];
    if (!better) return false;
    const place = JSON.stringify(range);
    return said.some((other) => better.test(String(other.code)) && JSON.stringify(other.range) === place);
  };
  return said.filter((each) => !isSaidBetter(each));
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  return (
    a.range.start.line - b.range.start.line ||
    a.range.start.character - b.range.start.character ||
    (String(a.code) < String(b.code) ? -1 : 1)
  );
}

/** The very same diagnostics: a look that costs nothing, so that only what may have changed is compared. */
function isSame(before: readonly Diagnostic[] = [], now: readonly Diagnostic[] = []): boolean {
  return before.length === now.length && before.every((each, index) => each === now[index]);
}
