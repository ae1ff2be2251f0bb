/** Functions that give express-openapi-validator the handler of each operation. */

import { callValue } from '../../../evaluate/calls.ts';
import { neverValue, type Run } from '../../../evaluate/run.ts';
import { objectOf, text, type Site, type Value } from '../../../evaluate/values.ts';
import { documentBehind } from '../../http/documents.ts';
import { foldersOf, inFolders, type Lookup } from './handlers.ts';
import { boundSpec } from './operations.ts';

/** By `resolver(basePath, route, apiDoc)`; undefined where it cannot be called. */
export function byResolver(
  run: Run,
  resolver: Value,
  folder: Value,
  spec: Value,
  site: Site,
): Lookup | undefined {
  if (resolver.t === 'external') return knownResolver(run, resolver.path.at(-1), folder, site);
  const whole = documentBehind(run, spec, site);
  if (!whole || resolver.t === 'unknown') return undefined;
  const base = boundSpec(run, whole, site).bases[0] ?? '';
  return ({ method, path }) => {
    const route = objectOf(
      Object.entries({
        basePath: base,
        openApiRoute: `${base}${path}`,
        expressRoute: `${base}${path.replace(/\{([^}]+)\}/g, ':$1')}`,
        method,
      }).map(([name, value]): [string, Value] => [name, text(value, site.at)]),
      site.at,
      true,
    );
    const handler = callValue(run, resolver, [folder, route, whole], site);
    return handler === neverValue || handler.t === 'undefined' ? undefined : handler;
  };
}

/** The resolvers that the package has itself. */
function knownResolver(run: Run, name: string | undefined, folder: Value, site: Site): Lookup | undefined {
  const folders = foldersOf(run, folder, site);
  const lookup = folders && inFolders(run, folders, site);
  if (name !== 'modulePathResolver') return name === 'defaultResolver' ? lookup : undefined;
  return (operation) => {
    const [controller, operationId] = operation.operationId?.split('.') ?? [];
    return controller === undefined ? undefined : lookup?.({ ...operation, controller, operationId });
  };
}
