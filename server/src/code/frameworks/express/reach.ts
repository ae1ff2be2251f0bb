/**
 * Routers that are handlers of a route (`app.all('/users*', router)`): unlike one that is mounted, such a router sees
 * the whole path, and only those requests that the route lets through.
 */

import type { CodeOperation } from '../../../contract/operation.ts';
import { formsOf } from '../../paths/parsed-path.ts';
import type { RoutePath } from '../http/route-path.ts';
import { pathCovering } from './in-front.ts';

/** The requests that a route lets through to a router. */
export interface Reach {
  /** Upper case; `ALL` for every method. */
  readonly method: string;
  readonly paths: readonly RoutePath[];
}

export function isReached({ key }: CodeOperation, reaches: readonly Reach[]): boolean {
  return reaches.every(
    ({ method, paths }) =>
      (method === 'ALL' || key.method === 'ALL' || method === key.method) &&
      paths.some(({ parsed }) => {
        const forms = formsOf(parsed);
        return forms.length === 0 || forms.some((form) => pathCovering(form, key.path, true) !== 'no');
      }),
  );
}
