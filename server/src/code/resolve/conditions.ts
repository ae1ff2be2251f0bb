/** `exports` and `imports` of package.json (Node.js, "Modules: Packages"), read to find sources rather than to run. */

import { isObject } from './json.ts';

/** Conditions by which packages point tools of their own workspace at sources. */
const sourceLike = /source|src|development|^@.*\//i;
/** Conditions that mean another build of the same module. */
const lesser = new Set(['types', 'typings', 'browser', 'react-native', 'worker', 'workerd', 'edge-light']);

/**
 * The targets of a key of `exports` (`.`, `./sub`) or `imports` (`#x`), best first, whatever the condition: a build
 * for `import` and one for `require` come from the same source. Empty where the key is not there or is closed.
 */
export function targetsOf(map: unknown, key: string): readonly string[] {
  const table = isTable(map) ? map : { '.': map };
  if (key in table) return leaves(table[key], undefined);
  let best: { readonly prefix: string; readonly value: unknown; readonly rest: string } | undefined;
  for (const [pattern, value] of Object.entries(table)) {
    const match = matchStar(pattern.endsWith('/') ? `${pattern}*` : pattern, key);
    if (match === undefined || (best !== undefined && best.prefix.length >= match.prefix.length)) continue;
    best = { ...match, value: pattern.endsWith('/') ? withStar(value) : value };
  }
  return best === undefined ? [] : leaves(best.value, best.rest);
}

/** Matches a pattern with at most one `*`: what stands in front of it, and what it stands for. */
export function matchStar(
  pattern: string,
  text: string,
): { readonly prefix: string; readonly rest: string } | undefined {
  const star = pattern.indexOf('*');
  if (star < 0) return undefined;
  const prefix = pattern.slice(0, star);
  const suffix = pattern.slice(star + 1);
  if (!text.startsWith(prefix) || !text.endsWith(suffix) || text.length < prefix.length + suffix.length)
    return undefined;
  return { prefix, rest: text.slice(prefix.length, text.length - suffix.length) };
}

function isTable(map: unknown): map is Readonly<Record<string, unknown>> {
  return isObject(map) && Object.keys(map).some((key) => key.startsWith('.') || key.startsWith('#'));
}

/** The old folder form `"./": "./lib/"` means the same as a star. */
function withStar(value: unknown): unknown {
  return typeof value === 'string' && value.endsWith('/') ? `${value}*` : value;
}

function leaves(value: unknown, rest: string | undefined): readonly string[] {
  if (typeof value === 'string') return [rest === undefined ? value : value.replaceAll('*', () => rest)];
  if (Array.isArray(value)) return value.flatMap((item) => leaves(item, rest));
  if (!isObject(value)) return [];
  return Object.entries(value)
    .sort(([a], [b]) => rank(a) - rank(b))
    .flatMap(([, target]) => leaves(target, rest));
}

function rank(condition: string): number {
  if (lesser.has(condition)) return 2;
  return sourceLike.test(condition) ? 0 : 1;
}
