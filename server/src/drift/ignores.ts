/**
 * Which findings are ignored, and which ignores have nothing left to ignore.
 *
 * INVARIANT: an ignore is called unused only where everything that its rules look at was read: a finding that merely
 * cannot be told at the moment would come back.
 */

import { type Ignore, isCovered } from '../contract/ignore.ts';
import type { CodeOperation, SpecOperation } from '../contract/operation.ts';
import type { Link, Pair } from '../contract/pair.ts';
import type { FileId, Span } from '../contract/span.ts';
import type { Rule, Subject, UnusedIgnore } from './define-rule.ts';

export interface Ignores {
  /** Nothing is ignored anywhere. */
  readonly isEmpty: boolean;
  /**
   * The ignore that silences a finding of `rule`, if one does; it counts as used then. One of `places` has to be
   * covered, or all places of one of `wholes`.
   */
  covering(rule: string, places: readonly Span[], wholes: readonly (readonly Span[])[]): Ignore | undefined;
  /** What is left, once all findings were asked about. `silent` are rules that did not run. */
  unused(rules: readonly Rule[], silent: ReadonlySet<string>): readonly UnusedIgnore[];
}

export function createIgnores(links: readonly Link[]): Ignores {
  const all = distinct(links);
  const byFile = new Map<FileId, Ignore[]>();
  for (const ignore of all)
    for (const file of new Set(ignore.covers.map((span) => span.file))) {
      const list = byFile.get(file);
      if (list) list.push(ignore);
      else byFile.set(file, [ignore]);
    }
  const used = new Set<string>();
  return {
    isEmpty: all.length === 0,
    covering(rule, places, wholes) {
      for (const whole of [...places.map((at) => [at]), ...wholes]) {
        const [first] = whole;
        const found =
          first &&
          byFile
            .get(first.file)
            ?.find(
              (each) =>
                each.about === 'findings' &&
                (each.rules.length === 0 || each.rules.includes(rule)) &&
                whole.every((at) => isCovered(each, at)),
            );
        if (!found) continue;
        used.add(useKey(found, rule)).add(useKey(found, undefined));
        return found;
      }
      return undefined;
    },
    unused(rules, silent) {
      const known = new Map(rules.map((rule) => [rule.id, rule]));
      return all.flatMap((ignore): readonly UnusedIgnore[] => {
        const unknown = ignore.rules.find((id) => !known.has(id));
        if (unknown !== undefined) return [{ ignore, unknown, ...nearest(unknown, known) }];
        const idle = ignore.rules.filter((id) => !used.has(useKey(ignore, id)) && !silent.has(id));
        const isIdle = ignore.rules.length > 0 ? idle.length > 0 : isIdleForAll(ignore, used, links);
        if (!isIdle) return [];
        const subjects = new Set(idle.flatMap((id) => known.get(id)?.axis.subject ?? []));
        return isProven(ignore, subjects, links) ? [{ ignore, idle }] : [];
      });
    },
  };
}

/** Several servers have the comments of the files that they share. */
function distinct(links: readonly Link[]): readonly Ignore[] {
  const contracts = links.flatMap(({ specs, codes }) => [...specs, ...codes]);
  const all = contracts.flatMap(({ ignores }) => ignores ?? []);
  return [...new Map(all.map((each) => [`${keyOf(each)} ${each.rules.join()}`, each])).values()];
}

function keyOf({ at, about }: Ignore): string {
  return `${about} ${at.file} ${at.start}`;
}

function useKey(ignore: Ignore, rule: string | undefined): string {
  return `${keyOf(ignore)} ${ignore.rules.join()} ${rule ?? ''}`;
}

/** The rule of that name with its protocol in front, which is easily forgotten. */
function nearest(id: string, known: ReadonlyMap<string, Rule>): { readonly suggestion?: string } {
  const suggestion = [...known.keys()].find(
    (each) => each.endsWith(`/${id}`) || each.endsWith(id.replace(/^.*\//, '/')),
  );
  return suggestion === undefined ? {} : { suggestion };
}

function isIdleForAll(ignore: Ignore, used: ReadonlySet<string>, links: readonly Link[]): boolean {
  if (used.has(useKey(ignore, undefined))) return false;
  // What is marked as a whole raises no finding that could be silenced.
  return !links.some(({ codes, specs }) =>
    ignore.about === 'internal'
      ? codes.some(({ operations, detached }) =>
          [...operations.items, ...detached].some(
            (code) => code.origin.hidden !== undefined && placesOf(code).some((at) => isCovered(ignore, at)),
          ),
        )
      : specs.some(({ operations }) =>
          operations.items.some(
            (spec) => spec.origin.ignored !== undefined && placesOf(spec).some((at) => isCovered(ignore, at)),
          ),
        ),
  );
}

/** Where an operation begins, and its handler and its router. */
export function placesOf({ at, origin }: SpecOperation | CodeOperation): readonly Span[] {
  if (origin.side === 'spec') return [at];
  return [at, ...(origin.handler ? [origin.handler.at] : [])];
}

/** What of an operation findings about a subject rest on. */
const parts: Readonly<Record<Subject, readonly (keyof SpecOperation & keyof CodeOperation)[]>> = {
  operation: [],
  path: [],
  parameter: ['inputs'],
  status: ['outputs', 'security'],
  header: ['outputs'],
  body: ['bodies'],
  field: ['bodies'],
  'media-type': ['bodies', 'outputs'],
  security: ['security'],
  ignore: [],
};

/** Was all of it read? An empty set of subjects stands for all of them. */
function isProven(ignore: Ignore, subjects: ReadonlySet<Subject>, links: readonly Link[]): boolean {
  const concerned = links.filter(({ specs, codes }) =>
    [...specs, ...codes].some(({ ignores }) => ignores?.some((each) => keyOf(each) === keyOf(ignore))),
  );
  if (concerned.length === 0) return false;
  const names = [...(subjects.size > 0 ? subjects : (Object.keys(parts) as Subject[]))];
  const looked = [...new Set(names.flatMap((name) => parts[name]))];
  return concerned.every(({ specs, codes, pairs }) => {
    if (specs.length === 0 || codes.length === 0) return false;
    const isWhole = [...specs, ...codes].every(
      ({ operations, opaque }) => operations.complete && (opaque ?? []).length === 0,
    );
    if (!isWhole) return false;
    const touched = pairs.filter((pair) => touches(ignore, pair));
    return (touched.length > 0 ? touched : pairs).every((pair) => isRead(pair, looked));
  });
}

function sidesOf(pair: Pair): readonly (SpecOperation | CodeOperation)[] {
  switch (pair.state) {
    case 'matched':
      return [pair.spec, pair.code];
    case 'spec-only':
      return [pair.spec];
    case 'code-only':
      return [pair.code];
  }
}

function touches(ignore: Ignore, pair: Pair): boolean {
  const { pointer } = ignore;
  return sidesOf(pair).some((side) => {
    const own = side.origin.side === 'spec' ? side.origin.pointer : undefined;
    if (pointer !== undefined && own !== undefined && side.at.file === ignore.at.file)
      if (`${own}/`.startsWith(`${pointer}/`) || `${pointer}/`.startsWith(`${own}/`)) return true;
    return hasPlaceIn(side, ignore);
  });
}

/** Does anything of it stand where the ignore looks, or around that? */
function hasPlaceIn(node: unknown, ignore: Ignore): boolean {
  if (typeof node !== 'object' || node === null) return false;
  if ('file' in node && 'start' in node && 'end' in node) {
    const { file, start, end } = node as Span;
    return ignore.covers.some((span) => span.file === file && start < span.end && span.start < end);
  }
  return Object.values(node).some((inner) => hasPlaceIn(inner, ignore));
}

function isRead(pair: Pair, looked: readonly (keyof SpecOperation & keyof CodeOperation)[]): boolean {
  if (pair.state === 'matched' ? pair.match.how !== 'exact' : pair.doubt !== undefined) return false;
  const sides = sidesOf(pair);
  const isSure = sides.every(
    ({ origin }) =>
      origin.side === 'spec' || (origin.unknownPrefix === undefined && origin.conditional === undefined),
  );
  return isSure && sides.every((side) => looked.every((part) => isKnown(side[part])));
}

function isKnown(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return true;
  if ('complete' in node && node.complete === false) return false;
  if ('known' in node && node.known === false) return false;
  return Object.values(node).every(isKnown);
}
