/** Names routes as the spec that is bound to them does. */

import type { CodeContract, CodeOperation } from '../contract/operation.ts';
import type { Link } from '../contract/pair.ts';
import { isParam, isRest, parseTemplate, shapeKey, type Path, type Segment } from '../contract/path.ts';
import { joinKeys, pathKeys, startsWithKeys } from './keys.ts';

/**
 * Gives a path of a route in the terms of the specs that describe its root: without the mount that those specs
 * leave out (a server that mounts everything at `/api`, a spec that does not say so), and with the base of the
 * deployment where they have it.
 */
export function specPaths(
  links: readonly Link[],
  code: CodeContract,
): (operation: CodeOperation, path: Path) => Path {
  const alignments = links
    .filter(({ codes }) => codes.includes(code))
    .flatMap((link) => link.alignments)
    .filter(({ root, poor }) => root === code.root && !poor);
  const [first] = alignments;
  // Specs that disagree about the mount leave the route where the server has it.
  const mount =
    first && alignments.every((one) => shapeKey(one.mount) === shapeKey(first.mount)) ? first.mount : [];
  const promised = new Set(
    links
      .filter(({ codes }) => codes.includes(code))
      .flatMap(({ specs }) =>
        specs.flatMap(({ operations }) => operations.items.map(({ key }) => shapeKey(key.path))),
      ),
  );
  const named = wildcardNames(links, code);
  const served = new Set(code.operations.items.map(({ key }) => shapeKey(key.path)));
  const based = alignments.length > 0 && alignments.every((one) => one.based);
  return ({ origin }, plain) => {
    const path = based && origin.base ? [...parseTemplate(origin.base), ...plain] : plain;
    // A spec may name some routes with the mount and others without.
    if (promised.has(shapeKey(path))) return path;
    const own = startsWithKeys(pathKeys(path), pathKeys(mount)) ? path.slice(mount.length) : path;
    const last = own.at(-1);
    if (!last || !isRest(last)) return own;
    const name = named.get(joinKeys(pathKeys(own.slice(0, -1))));
    const renamed = name && [...own.slice(0, -1), name];
    return renamed && !served.has(shapeKey(renamed)) ? renamed : own;
  };
}

/** What specs call the wildcard of `/files/*`, by what stands in front of it: `{path}`. */
function wildcardNames(links: readonly Link[], code: CodeContract): ReadonlyMap<string, Segment> {
  const names = new Map<string, Segment>();
  for (const { specs, alignments } of links.filter(({ codes }) => codes.includes(code))) {
    for (const spec of specs) {
      const base = alignments.find((one) => one.spec === spec.file && one.root === code.root)?.base ?? [];
      for (const { key } of spec.operations.items) {
        const last = key.path.at(-1);
        const front = joinKeys(pathKeys([...base, ...key.path.slice(0, -1)]));
        if (last && isParam(last) && !names.has(front)) names.set(front, last);
      }
    }
  }
  return names;
}
