/** What NestJS does to the path of a controller or method before its HTTP adapter sees it. */

/** A leading slash, none at the end, none doubled; `''` stays the path of its controller: `/`. */
export function normalizeNestPath(path: string): string {
  const slashed = path.startsWith('/') || path.startsWith('{/') ? path : `/${path}`;
  const single = slashed.replace(/\/{2,}/g, '/');
  return single.length > 1 ? single.replace(/\/$/, '') : single;
}

/**
 * From version 11 on NestJS rewrites the unnamed wildcards of older versions (`LegacyRouteConverter`): a last
 * `*` or `(.*)` becomes `{*path}`, a last `+` becomes `*path`, a `*` between slashes gets a name.
 */
export function convertLegacyNestPath(path: string): string {
  const slashed = `${path.startsWith('/') ? '' : '/'}${path}${path.endsWith('/') ? '' : '/'}`;
  if (slashed.endsWith('/(.*)/')) return path.replace('(.*)', '{*path}');
  if (slashed.endsWith('/*/')) return path.replace('*', '{*path}');
  if (slashed.endsWith('/+/')) return path.replace('/+', '/*path');
  if (!slashed.includes('/*/')) return path;
  return path.replace(/\/\*(?=\/)/g, (_star, offset: number) => `/*path${offset}`);
}
