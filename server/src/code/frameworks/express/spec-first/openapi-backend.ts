/** openapi-backend: handlers by operation id, and a middleware that hands every request to it. */

import { getMember } from '../../../evaluate/members.ts';
import type { Run } from '../../../evaluate/run.ts';
import { fixedText } from '../../../evaluate/text-parts.ts';
import {
  native,
  objectOf,
  undefinedValue,
  type ExternalValue,
  type Site,
  type Value,
} from '../../../evaluate/values.ts';
import { forwarded } from '../../http/exchange.ts';
import type { ExpressWorld } from '../router.ts';
import { bind, contextHandler, freshRouter, leaveOpen } from './bind.ts';
import type { Lookup } from './handlers.ts';
import { placeOfHandler } from './operations.ts';

/**
 * `new OpenAPIBackend({ definition, handlers })`, whose `handleRequest` a middleware calls. Its handlers are given a
 * context and no request of Express, so what they read stays unknown.
 */
export function createBackend(
  run: Run,
  world: ExpressWorld,
  value: ExternalValue,
  args: readonly Value[],
  site: Site,
): Value | undefined {
  const [options] = args;
  if (value.path.some((name) => !/^(?:default|OpenAPIBackend)$/.test(name)) || !options) return undefined;
  const { value: router, node } = freshRouter(run, world, 'router', site);
  const handlers = objectOf([], site.at);
  let settled = false;
  const register = ([first, second]: readonly Value[]): Value => {
    const name = first && fixedText(first);
    if (name !== undefined && second) handlers.props.set(name, { value: second });
    else if (first?.t === 'object') {
      for (const [key, cell] of first.props) handlers.props.set(key, cell);
      handlers.open ||= first.open;
    } else handlers.open = true;
    return undefinedValue;
  };
  const given = getMember(run, options, 'handlers', site);
  if (given.t !== 'undefined') register([given]);
  const settle = (): void => {
    if (settled) return;
    settled = true;
    const lookup: Lookup = ({ operationId }) => {
      const cell = operationId === undefined ? undefined : handlers.props.get(operationId);
      return cell && contextHandler(placeOfHandler(cell.value ?? undefinedValue) ?? site.at);
    };
    const spec = getMember(run, options, 'definition', site);
    if (!bind(run, node, spec, lookup, 'none', site) && handlers.open) leaveOpen(run, node, value, site);
  };
  return objectOf(
    [
      ['register', native('register', register)],
      ['registerHandler', native('registerHandler', register)],
      ['registerSecurityHandler', native('registerSecurityHandler', () => undefinedValue)],
      ['init', native('init', () => undefinedValue)],
      [
        'handleRequest',
        native('handleRequest', (handed, where) => {
          settle();
          for (const arg of handed)
            if (arg.t === 'model' && arg.model.kind === 'response')
              arg.model.set?.(forwarded, router, where, run);
          return undefinedValue;
        }),
      ],
    ],
    site.at,
    true,
  );
}
