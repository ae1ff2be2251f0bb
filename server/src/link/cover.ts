/**
 * Finds routes whose pattern covers an address without being equal to it: a parameter where the spec has a word
 * (`/widgets/:id` for `/widgets/overview`), a wildcard. A trie over segments keeps the search near the length of
 * the address instead of the number of routes.
 */

import { hasLiteral, type Keys, PARAM, REST } from './keys.ts';
import { isOpen, type Route } from './routes.ts';
import { isForeignParameter } from './spelling.ts';

interface Node {
  readonly children: Map<string, Node>;
  readonly routes: Route[];
}

export interface Cover {
  readonly root: Node;
}

function node(): Node {
  return { children: new Map(), routes: [] };
}

/**
 * A wildcard over everything (`*`, the page of a single-page application, the last 404) implements nothing in
 * particular, and neither does a route that only ever refuses.
 */
function servesSomething(route: Route, keys: Keys): boolean {
  if (keys.at(-1) === REST && !hasLiteral(keys)) return false;
  const { items, complete } = route.operation.outputs;
  return !(complete && items.length > 0 && items.every(({ status }) => /^[45]/.test(status)));
}

export function createCover(routes: readonly Route[]): Cover {
  const root = node();
  for (const route of routes) {
    if (isOpen(route)) continue;
    for (const { keys } of route.forms) {
      if (!keys.some((key) => key === PARAM || key === REST) || !servesSomething(route, keys)) continue;
      let at = root;
      for (const key of keys) {
        let next = at.children.get(key);
        if (!next) {
          next = node();
          at.children.set(key, next);
        }
        at = next;
      }
      at.routes.push(route);
    }
  }
  return { root };
}

/** A parameter stands for any one word, but not for a parameter that was only written in a foreign syntax. */
function fitsParameter(key: string): boolean {
  return key !== REST && !isForeignParameter(key);
}

/** Routes of the method, or of all methods, that requests to this address may reach; the most specific first. */
export function covering(cover: Cover, method: string, keys: Keys): readonly Route[] {
  const found: Route[] = [];
  const take = (routes: readonly Route[]): void => {
    for (const route of routes) {
      const own = route.operation.key.method;
      if ((own === method || own === 'ALL' || (method === 'HEAD' && own === 'GET')) && !found.includes(route))
        found.push(route);
    }
  };
  const walk = (at: Node, index: number): void => {
    const key = keys[index];
    if (key === undefined) {
      take(at.routes);
      const rest = at.children.get(REST);
      if (rest) take(rest.routes);
      return;
    }
    const literal = at.children.get(key);
    if (literal) walk(literal, index + 1);
    const param = key === PARAM ? undefined : at.children.get(PARAM);
    if (param && fitsParameter(key)) walk(param, index + 1);
    const rest = at.children.get(REST);
    if (rest) {
      // A wildcard swallows any number of segments; what follows it has to fit some tail.
      if (rest.children.size === 0) take(rest.routes);
      else for (let next = index; next <= keys.length; next += 1) walk(rest, next);
    }
  };
  walk(cover.root, 0);
  return found;
}
