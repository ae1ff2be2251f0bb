/** Where a route is served: global prefix, version, module prefix, controller, method, in this order. */

import { isRest, isParam, literalOf, type Path } from '../../../contract/path.ts';
import type { UnknownReason } from '../../../contract/knowledge.ts';
import type { Span } from '../../../contract/span.ts';
import { convertLegacyNestPath, normalizeNestPath } from '../../paths/nest-path.ts';
import { formsOf, type PathSyntax } from '../../paths/parsed-path.ts';
import { alternatives } from '../../evaluate/alternatives.ts';
import { concat } from '../../evaluate/text-parts.ts';
import { noPlace, placeOf, text, type TextPart, type Value } from '../../evaluate/values.ts';
import { below, linked, readPaths, rootPath, type RoutePath } from '../http/route-path.ts';
import { option } from '../classes/decorators.ts';
import type { NestApp } from './world.ts';

export interface PathRules {
  readonly syntax: PathSyntax;
  /** Nest 11 and later rewrite the wildcards of earlier versions. */
  readonly convertsWildcards: boolean;
}

/** The paths that one argument means, as Nest would complete them. */
export function pathsOf(
  value: Value | undefined,
  rules: PathRules,
  use: 'route' | 'mount',
): readonly RoutePath[] {
  return readPaths(value && completed(value, rules), rules.syntax, use);
}

function completed(value: Value, rules: PathRules): Value {
  switch (value.t) {
    case 'array':
      return { ...value, items: value.items.map((item) => completed(item, rules)) };
    case 'union':
      return { ...value, of: value.of.map((one) => completed(one, rules)) };
    case 'external':
      return {
        t: 'unknown',
        reason: { why: 'unresolved', symbol: `${value.module}#${value.path.join('.')}`, at: value.at },
      };
    case 'text':
      return { ...value, parts: completedParts(value.parts, rules) };
    default:
      return value;
  }
}

function completedParts(parts: readonly TextPart[], rules: PathRules): readonly TextPart[] {
  const [first, ...rest] = parts.filter((part) => !('text' in part) || part.text !== '');
  if (!first || !('text' in first)) return parts;
  if (rest.length > 0)
    return first.text.startsWith('/') ? [first, ...rest] : [{ ...first, text: `/${first.text}` }, ...rest];
  const path = normalizeNestPath(first.text);
  return [{ ...first, text: rules.convertsWildcards ? convertLegacyNestPath(path) : path }];
}

/** Everything that stands in front of the path of a controller. */
export interface RouteAddress {
  readonly app: NestApp | undefined;
  readonly modulePath: Value | undefined;
  readonly controllerPath: Value | undefined;
  readonly methodPath: Value | undefined;
  /** Of the method, else of its controller. */
  readonly version: Value | undefined;
  readonly method: string;
  /** The decorators of the controller and of the method, for the chain of the path. */
  readonly controllerAt?: Span | undefined;
  readonly methodAt?: Span | undefined;
}

export function fullPaths(address: RouteAddress, rules: PathRules): readonly RoutePath[] {
  const { modulePath, controllerAt, methodAt } = address;
  const moduleAt = modulePath && placeOf(modulePath);
  const own = pathsOf(modulePath, rules, 'mount').flatMap((module) =>
    pathsOf(address.controllerPath, rules, 'mount').flatMap((controller) =>
      pathsOf(address.methodPath, rules, 'route').map((method) =>
        below(
          linkedAt(module, moduleAt),
          below(linkedAt(controller, controllerAt), linkedAt(method, methodAt)),
        ),
      ),
    ),
  );
  const versions = versionPaths(address, rules);
  return own.flatMap((path) => {
    const prefix =
      address.app && !isExcluded(address.app, path, address.method, rules)
        ? linkedAt(globalPrefix(address.app, rules), address.app.prefix?.at)
        : rootPath;
    return versions.map((version) => below(prefix, below(version, path)));
  });
}

function linkedAt(path: RoutePath, at: Span | undefined): RoutePath {
  return at ? linked(path, at) : path;
}

export function globalPrefix(app: NestApp, rules: PathRules): RoutePath {
  if (!app.prefix) return rootPath;
  return settled(pathsOf(app.prefix.path, rules, 'mount'), {
    why: 'dynamic',
    what: 'global prefix',
    at: app.prefix.at,
  });
}

/** Of several prefixes one is served at a time: the one that needs no configuration, where there is just one of that kind. */
function settled(paths: readonly RoutePath[], reason: UnknownReason): RoutePath {
  const [only, ...more] = paths;
  if (only && more.length === 0) return only;
  const [certain, ...others] = paths.filter((path) => !path.unknownPrefix);
  return certain && others.length === 0 ? certain : { ...rootPath, unknownPrefix: reason };
}

function versionPaths({ app, version }: RouteAddress, rules: PathRules): readonly RoutePath[] {
  const options = app?.versioning;
  if (!options) return [rootPath];
  const type = option(options, 'type');
  // Versions in a header or a media type leave the path alone.
  if (type && type.t === 'external' && type.path.at(-1) !== 'URI') return [rootPath];
  const prefix = option(options, 'prefix');
  const before: Value =
    prefix?.t === 'boolean' && !prefix.value ? text('', noPlace) : (prefix ?? text('v', noPlace));
  const wanted = version ?? option(options, 'defaultVersion');
  if (!wanted) return [rootPath];
  return versionsOf(wanted).flatMap((one): readonly RoutePath[] => {
    // VERSION_NEUTRAL: served without a version.
    if (one.t === 'external') return [rootPath];
    const reason: UnknownReason = { why: 'dynamic', what: 'version', at: app.at };
    const path = settled(pathsOf(concat(before, one, noPlace), rules, 'mount'), reason);
    return [linkedAt(path, placeOf(one))];
  });
}

function versionsOf(value: Value): readonly Value[] {
  return alternatives(value).flatMap((one) => (one.t === 'array' ? one.items : [one]));
}

/** Exclusion is tested on the path without prefix and version. */
function isExcluded(app: NestApp, route: RoutePath, method: string, rules: PathRules): boolean {
  const list = app.prefix?.exclude;
  if (!list) return false;
  const items = alternatives(list).flatMap((one) => (one.t === 'array' ? one.items : [one]));
  return items.flatMap(alternatives).some((item) => {
    const wanted = option(item, 'method');
    const name = wanted?.t === 'external' ? (wanted.path.at(-1) ?? 'ALL') : 'ALL';
    if (name !== 'ALL' && name !== method) return false;
    const path = item.t === 'text' ? item : option(item, 'path');
    if (!path) return false;
    const patterns = pathsOf(
      path,
      { ...rules, syntax: rules.syntax === 'express-4' ? 'regexp-6' : rules.syntax },
      'route',
    ).flatMap(({ parsed }) => formsOf(parsed));
    return patterns.some((pattern) => formsOf(route.parsed).some((form) => covers(pattern, form)));
  });
}

function covers(pattern: Path, path: Path): boolean {
  const [first, ...rest] = pattern;
  if (!first) return path.length === 0;
  if (isRest(first)) return rest.length === 0 || path.some((_, index) => covers(rest, path.slice(index)));
  const [segment, ...others] = path;
  if (!segment) return false;
  const literal = literalOf(first);
  const same =
    literal === undefined
      ? isParam(first) || !isRest(segment)
      : !isRest(segment) && literalOf(segment)?.toLowerCase() === literal.toLowerCase();
  return same && covers(rest, others);
}
