/** Names of operations and of their groups. */

import type { CodeOperation } from '../contract/operation.ts';
import { operationIds } from '../contract/operation-ids.ts';
import { formatPath, literalOf, shapeKey, type Path, type Segment } from '../contract/path.ts';
import { kebab, pascal } from '../contract/words.ts';

interface Route {
  readonly code: CodeOperation;
  readonly path: Path;
}

/** By `get /users/{}`: the name of the handler where no other operation has it, else one made of method and path. */
export function draftIds(routes: readonly Route[]): ReadonlyMap<string, string> {
  const handlers = routes.map(({ code, path }) => handlerName(code, tagOf(code, path)));
  const operations = routes.map(({ code, path }, index) => {
    const own = handlers[index];
    const isAlone = own !== undefined && handlers.indexOf(own) === handlers.lastIndexOf(own);
    const method = code.key.method.toLowerCase();
    return { method, path: formatPath(path), shape: shapeKey(path), ...(isAlone && { operationId: own }) };
  });
  const next = operationIds(operations);
  return new Map(
    operations.map((operation) => [
      `${operation.method} ${operation.shape}`,
      operation.operationId ?? next(operation),
    ]),
  );
}

/** `list` of the users is `listUsers`: a verb alone says nothing outside of its controller. */
function handlerName({ origin }: CodeOperation, tag: string | undefined): string | undefined {
  const name = origin.handler?.name.split('.').at(-1);
  // Names that say nothing: what a wrapper calls the function that it is given.
  if (name === undefined || !/^[A-Za-z]\w*$/.test(name)) return undefined;
  if (/^(?:handler|fn|cb|callback|middleware)$/i.test(name)) return undefined;
  return /^[a-z]+$/.test(name) && tag !== undefined ? `${name}${pascal(tag)}` : name;
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
