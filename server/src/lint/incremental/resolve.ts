/**
 * References of some parts replaced by what they refer to, where it is certain what Spectral's resolver would make of
 * them. A part that did not change stays the same object, so that what was found out about it stays too.
 */

import { refOf, type Link, type Links } from './links.ts';

/** What resolving knows of a part. */
export interface Resolvable {
  readonly path: readonly string[];
  readonly data: unknown;
  readonly links: Links;
  resolved: unknown;
  /** References that lead nowhere. */
  missing: readonly Link[];
}

export interface Target<P extends Resolvable> {
  /** Undefined for a part that is not there. */
  readonly part: P | undefined;
  /** Of what is referred to, within the part. */
  readonly within: readonly string[];
}

/**
 * Resolves `parts`, which hold every part that refers to one of them. False where it is not certain what Spectral
 * would do: references in a circle, into another file, through another reference. Then some may be resolved already.
 */
export function resolveParts<P extends Resolvable>(
  parts: ReadonlySet<P>,
  targetOf: (to: readonly string[]) => Target<P> | undefined,
): boolean {
  const done = new Set<P>();
  const open = new Set<P>();

  const resolvePart = (part: P): boolean => {
    if (done.has(part)) return true;
    if (open.has(part) || part.links.foreign.length > 0) return false;
    open.add(part);
    const found = new Map<string, { readonly value: unknown } | undefined>();
    const missing: Link[] = [];
    for (const link of part.links.links) {
      if (link.isOwn && link.to.length === part.path.length) continue;
      const known = found.has(link.ref);
      const value = known ? found.get(link.ref) : follow(link);
      if (value === 'uncertain') return false;
      found.set(link.ref, value);
      if (value === undefined) missing.push(link);
    }
    part.resolved = exchanged(part.data, part.resolved, found);
    part.missing = missing;
    open.delete(part);
    done.add(part);
    return true;
  };

  const follow = ({ to }: Link): { readonly value: unknown } | 'uncertain' | undefined => {
    const target = targetOf(to);
    if (!target) return 'uncertain';
    const { part, within } = target;
    if (!part) return undefined;
    if (parts.has(part) && !resolvePart(part)) return 'uncertain';
    return lookUpResolved(part, within);
  };

  return [...parts].every(resolvePart);
}

function lookUpResolved(
  { data, resolved }: Resolvable,
  within: readonly string[],
): { readonly value: unknown } | 'uncertain' | undefined {
  let node = data;
  let value = resolved;
  for (const step of within) {
    // What is found behind a reference depends on the order in which they are resolved.
    if (refOf(node) !== undefined || typeof node === 'string') return 'uncertain';
    if (typeof node !== 'object' || node === null) return undefined;
    if (!Object.hasOwn(node, step)) return step in node ? 'uncertain' : undefined;
    node = (node as Readonly<Record<string, unknown>>)[step];
    value = (value as Readonly<Record<string, unknown>>)[step];
  }
  // A reference to one that leads nowhere.
  if (refOf(node) !== undefined && refOf(value) !== undefined) return 'uncertain';
  return { value };
}

/** @param before what was made of an earlier state of `node` */
function exchanged(
  node: unknown,
  before: unknown,
  found: ReadonlyMap<string, { readonly value: unknown } | undefined>,
): unknown {
  if (typeof node !== 'object' || node === null) return node;
  const ref = refOf(node);
  if (ref !== undefined) {
    const target = found.get(ref);
    return target ? target.value : node;
  }
  const old =
    typeof before === 'object' && before !== null ? (before as Readonly<Record<string, unknown>>) : {};
  const keys = Object.keys(node);
  const oldKeys = Object.keys(old);
  let isOld = Array.isArray(node) === Array.isArray(before) && keys.length === oldKeys.length;
  let isNode = true;
  const values = keys.map((key, index) => {
    const child = (node as Readonly<Record<string, unknown>>)[key];
    const value = exchanged(child, Object.hasOwn(old, key) ? old[key] : undefined, found);
    isOld &&= oldKeys[index] === key && Object.is(old[key], value);
    isNode &&= Object.is(child, value);
    return value;
  });
  if (isOld) return before;
  if (isNode) return node;
  if (Array.isArray(node)) return values;
  const copy: Record<string, unknown> = {};
  keys.forEach((key, index) =>
    Object.defineProperty(copy, key, {
      value: values[index],
      enumerable: true,
      configurable: true,
      writable: true,
    }),
  );
  return copy;
}
