/** What `use` mounts: routers, packages that answer themselves, and areas that nobody can read. */

import type { UnknownReason } from '../../../contract/knowledge.ts';
import { parseTemplate, shapeKey } from '../../../contract/path.ts';
import { alternatives } from '../../evaluate/alternatives.ts';
import type { Value } from '../../evaluate/values.ts';
import { formsOf, type PathSyntax } from '../../paths/parsed-path.ts';
import { roleOf } from '../http/packages.ts';
import { readPaths, type RoutePath } from '../http/route-path.ts';
import { registrationOf } from './registrars.ts';
import { routerOf, type RouterNode, type UseLayer } from './router.ts';
import type { Walk } from './walk.ts';

/** Something else is registered below its path: then it rather stands in front of that than serves the path itself. */
export function isInFront(node: RouterNode, layer: UseLayer, syntax: PathSyntax): boolean {
  const own = readPaths(layer.path, syntax, 'mount').flatMap(({ parsed }) => formsOf(parsed).map(shapeKey));
  return node.layers.some((other) => {
    if (other === layer || other.kind === 'param') return false;
    const paths = readPaths(other.path, syntax, 'mount').flatMap(({ parsed }) =>
      formsOf(parsed).map(shapeKey),
    );
    return paths.some((path) => own.some((prefix) => path === prefix || path.startsWith(`${prefix}/`)));
  });
}

/** A middleware on a path stands in front of some of what follows; which, a route's own path decides. */
export function coversAll(layer: UseLayer): boolean {
  if (layer.path === undefined) return true;
  return alternatives(layer.path).some(
    (path) => path.t === 'text' && path.parts.every((part) => 'text' in part && /^[/*]*$/.test(part.text)),
  );
}

/** Routers handed to a package that then stands in front of them: versioning, host names, feature flags. */
export function routersIn(value: Value, depth = 0): readonly RouterNode[] {
  const node = routerOf(value);
  if (node) return [node];
  if (depth > 3) return [];
  const inner: readonly Value[] =
    value.t === 'external'
      ? [...(value.args ?? []), ...(value.on ? [value.on] : [])]
      : value.t === 'array'
        ? value.items
        : value.t === 'object' && !value.cls
          ? [...value.props.values()].flatMap((cell) => cell.value ?? [])
          : [];
  return inner.flatMap((one) => routersIn(one, depth + 1));
}

export function serves(value: Extract<Value, { t: 'external' }>): boolean {
  if (registrationOf(value, value.args ?? [])) return true;
  let root = value;
  while (root.on) root = root.on;
  return roleOf(value.module, value.path) === 'serves' || roleOf(root.module, root.path) === 'serves';
}

export function markOpaque(
  walk: Walk,
  mounts: readonly RoutePath[],
  reason: UnknownReason,
  layer: UseLayer,
): void {
  // Something unread in front of everything is a middleware far more often than a router: only a mount on a path may serve.
  if (layer.path === undefined && reason.why !== 'pending' && reason.why !== 'unresolved') return;
  for (const mount of mounts) {
    const base = mount.base === undefined ? [] : parseTemplate(mount.base);
    for (const form of formsOf(mount.parsed)) {
      walk.result.opaque.push({
        prefix: [...base, ...form],
        anywhere: mount.unknownPrefix !== undefined,
        reason,
      });
    }
  }
}
