/** Both sides in the form that matching wants: every form of every address with its keys. */

import type { CodeContract, CodeOperation, SpecContract, SpecOperation } from '../contract/operation.ts';
import type { Path } from '../contract/path.ts';
import { type Keys, pathKeys } from './keys.ts';

export interface Form {
  readonly path: Path;
  readonly keys: Keys;
}

/** An operation in code. The first form is the longest and names the operation. */
export interface Route {
  readonly operation: CodeOperation;
  readonly forms: readonly [Form, ...Form[]];
  /** The prefix of an unknown part was concluded from the spec and does not stand in the source. */
  readonly settled: boolean;
}

export interface Server {
  readonly contract: CodeContract;
  readonly routes: readonly Route[];
  /** Those of `routes` in front of which something is still unknown. */
  readonly open: readonly Route[];
  /** The base of the deployment (`CodeOrigin.base`) stands in front of `routes`. */
  readonly based: boolean;
}

export function isOpen({ operation, settled }: Route): boolean {
  return operation.origin.unknownPrefix !== undefined && !settled;
}

/** An operation of a spec, without any base in front. */
export interface Promised {
  readonly operation: SpecOperation;
  readonly keys: Keys;
}

export function formOf(path: Path): Form {
  return { path, keys: pathKeys(path) };
}

export function routeOf(operation: CodeOperation): Route {
  const { path, variants } = operation.key;
  return { operation, forms: [formOf(path), ...variants.map(formOf)], settled: false };
}

/** The same route with `prefix` in front of every form. */
export function prefixed(route: Route, prefix: Path): Route {
  const [first, ...rest] = route.forms;
  const under = (form: Form): Form => formOf([...prefix, ...form.path]);
  return { ...route, forms: [under(first), ...rest.map(under)] };
}

export function promisedBy(spec: SpecContract): readonly Promised[] {
  return spec.operations.items.map((operation) => ({ operation, keys: pathKeys(operation.key.path) }));
}
