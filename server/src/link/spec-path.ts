/** Names routes as the spec that is bound to them does. */

import type { CodeContract } from '../contract/operation.ts';
import type { Link } from '../contract/pair.ts';
import { shapeKey, type Path } from '../contract/path.ts';
import { pathKeys, startsWithKeys } from './keys.ts';

/**
 * Gives the path of a route in the terms of the specs that describe its root: without the mount that those specs
 * leave out (a server that mounts everything at `/api`, a spec that does not say so).
 */
export function specPaths(links: readonly Link[], code: CodeContract): (path: Path) => Path {
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
  return (path) => {
    // A spec may name some routes with the mount and others without.
    if (promised.has(shapeKey(path))) return path;
    return startsWithKeys(pathKeys(path), pathKeys(mount)) ? path.slice(mount.length) : path;
  };
}
