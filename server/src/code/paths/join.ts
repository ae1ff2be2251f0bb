/** Mounting: a path behind another one. */

import { isRest, type Path } from '../../contract/path.ts';
import { parsedFrom } from './forms.ts';
import { formsOf, type ParsedPath } from './parsed-path.ts';

/** `b` behind `a`. Two rest segments that meet are one. */
export function joinPaths(a: Path, b: Path): Path {
  const last = a.at(-1);
  const first = b[0];
  return last !== undefined && first !== undefined && isRest(last) && isRest(first)
    ? [...a, ...b.slice(1)]
    : [...a, ...b];
}

/** Every form of the prefix with every form of the route; a pattern where one of them is, or where the forms are too many. */
export function joinParsed(prefix: ParsedPath, route: ParsedPath): ParsedPath {
  if (prefix.kind === 'pattern') return prefix;
  if (route.kind === 'pattern') return { ...route, under: joinPaths(prefix.path, route.under ?? []) };
  const forms = formsOf(prefix).flatMap((front) => formsOf(route).map((back) => joinPaths(front, back)));
  const invalid = prefix.invalid ?? route.invalid;
  return parsedFrom(forms, {
    ...(prefix.bare === true || route.bare === true ? { bare: true } : {}),
    ...(invalid === undefined ? {} : { invalid }),
  });
}
