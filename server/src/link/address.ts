/** Addresses of both sides in one language, the spec's. */

import type { CodeOperation, SpecOperation } from '../contract/operation.ts';
import type { Path } from '../contract/path.ts';
import { hasLiteral, joinKeys, PARAM, pathKeys, REST, startsWithKeys } from './keys.ts';
import type { Route } from './routes.ts';

/** The spec's operation at its full address. */
export function addressed(operation: SpecOperation, base: Path): SpecOperation {
  return { ...operation, key: { ...operation.key, path: [...base, ...operation.key.path] } };
}

/** The route at `path`, which is one of its forms, without the mount that the spec leaves out. */
export function inSpecTerms({ operation, forms }: Route, path: Path, mount: Path): CodeOperation {
  const cut = pathKeys(mount);
  const strip = (whole: Path): Path =>
    startsWithKeys(pathKeys(whole), cut) ? whole.slice(mount.length) : whole;
  return {
    ...operation,
    key: {
      ...operation.key,
      path: strip(path),
      variants: forms.filter((form) => form.path !== path).map((form) => strip(form.path)),
    },
  };
}

/** Paths that end with a parameter, by their keys. */
export function parameterPaths(operations: readonly SpecOperation[]): ReadonlyMap<string, Path> {
  const paths = new Map<string, Path>();
  for (const { key } of operations) {
    const keys = pathKeys(key.path);
    if (keys.at(-1) === PARAM) paths.set(joinKeys(keys), key.path);
  }
  return paths;
}

/** `/files/*` is `/files/{name}` for a spec that has other methods there: one address, one spelling. */
export function namedWildcard(operation: CodeOperation, paths: ReadonlyMap<string, Path>): CodeOperation {
  const keys = pathKeys(operation.key.path);
  if (keys.at(-1) !== REST || !hasLiteral(keys)) return operation;
  const named = paths.get(joinKeys([...keys.slice(0, -1), PARAM]));
  return named ? { ...operation, key: { ...operation.key, path: named } } : operation;
}
