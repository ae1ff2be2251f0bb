/** Names of operations and of their groups. */

import type { CodeOperation } from '../contract/operation.ts';
import { literalOf, paramNames, shapeKey, type Path, type Segment } from '../contract/path.ts';
import { freeName, pascal } from '../contract/words.ts';

interface Route {
  readonly code: CodeOperation;
  readonly path: Path;
}

/** By `get /users/{}`: the name of the handler where no other operation has it, else one made of method and path. */
export function operationIds(routes: readonly Route[]): ReadonlyMap<string, string> {
  const handlers = routes.map(({ code, path }) => handlerName(code, tagOf(code, path)));
  const taken = new Set<string>();
  const ids = new Map<string, string>();
  routes.forEach(({ code, path }, index) => {
    const own = handlers[index];
    const isAlone = own !== undefined && handlers.indexOf(own) === handlers.lastIndexOf(own);
    const id = freeName(isAlone ? own : madeName(code.key.method, path), (name) => taken.has(name));
    taken.add(id);
    ids.set(`${code.key.method.toLowerCase()} ${shapeKey(path)}`, id);
  });
  return ids;
}

/** `list` of the users is `listUsers`: a verb alone says nothing outside of its controller. */
function handlerName({ origin }: CodeOperation, tag: string | undefined): string | undefined {
  const name = origin.handler?.name.split('.').at(-1);
  // Names that say nothing: what a wrapper calls the function that it is given.
  if (name === undefined || !/^[A-Za-z]\w*$/.test(name)) return undefined;
  if (/^(?:handler|fn|cb|callback|middleware)$/i.test(name)) return undefined;
  return /^[a-z]+$/.test(name) && tag !== undefined ? `${name}${pascal(tag)}` : name;
}

/** `getUsersByIdOrders` for `GET /users/{id}/orders`. */
export function madeName(method: string, path: Path): string {
  const words = path
    .filter((segment) => !isGeneral(segment))
    .map((segment) => pascal(literalOf(segment) ?? `by ${paramNames([segment]).join(' and ')}`));
  return method.toLowerCase() + words.join('');
}

/** What a router or a controller is about; `path` is that of the operation without what all have in common. */
export function tagOf({ origin }: CodeOperation, path: Path): string | undefined {
  const controller = /^(\w+?)(?:Controller|Resource|Router|Routes)$/.exec(origin.group.title)?.[1];
  if (controller !== undefined) return kebab(controller);
  const first = path.find((segment) => !isGeneral(segment));
  const segment = first && literalOf(first);
  return segment === '' ? undefined : segment;
}

/** Part of every address, and so of no use to tell them apart: `api`, `v1`. */
export function isGeneral(segment: Segment): boolean {
  return /^(?:api|rest|v\d+)$/i.test(literalOf(segment) ?? '');
}

function kebab(name: string): string {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .toLowerCase();
}
