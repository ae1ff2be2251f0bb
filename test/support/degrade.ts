/**
 * Degraded worlds: a link of which something is no longer known. Knowing less must never make a rule say more.
 *
 * Each world changes one node of one contract: a collection loses its completeness, or its items with it; a scalar
 * becomes unknown; a route loses what stands in front of it; an area of the server or the spec turns opaque.
 */

import type { UnknownReason } from '../../server/src/contract/knowledge.ts';
import type { CodeContract, SpecContract } from '../../server/src/contract/operation.ts';

export interface World {
  readonly name: string;
  readonly specs: readonly SpecContract[];
  readonly codes: readonly CodeContract[];
}

const reason: UnknownReason = { why: 'pending' };

/** Nodes inside which nothing is a claim: places, names, what was already unknown. */
const opaqueKeys: ReadonlySet<string> = new Set([
  'at',
  'reason',
  'gaps',
  'opaque',
  'detached',
  'path',
  'variants',
  'bases',
  'files',
]);

const shapeKinds: ReadonlySet<string> = new Set([
  'null',
  'binary',
  'boolean',
  'string',
  'number',
  'array',
  'object',
  'union',
  'intersection',
  'ref',
]);

type Node = Readonly<Record<string, unknown>>;

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The ways in which one node can be known less well. */
function lesser(node: Node): readonly { readonly name: string; readonly node: Node }[] {
  if (Array.isArray(node['items']) && typeof node['complete'] === 'boolean') {
    return [
      { name: 'incomplete', node: { ...node, complete: false, gaps: [reason] } },
      { name: 'emptied', node: { items: [], complete: false, gaps: [reason] } },
    ];
  }
  if (typeof node['kind'] === 'string' && shapeKinds.has(node['kind']))
    return [{ name: 'unknown shape', node: { kind: 'unknown', reason } }];
  if (typeof node['required'] === 'boolean' && 'shape' in node) {
    const field = Object.entries(node).filter(([key]) => key !== 'required');
    return [{ name: 'required or not', node: Object.fromEntries(field) }];
  }
  if (node['known'] === true) return [{ name: 'unknown', node: { known: false, reason } }];
  if (node['side'] === 'code' && 'group' in node && node['unknownPrefix'] === undefined) {
    return [{ name: 'prefix unknown', node: { ...node, unknownPrefix: reason } }];
  }
  if (node['side'] === 'code' && 'root' in node) {
    return [{ name: 'opaque server', node: { ...node, opaque: [{ prefix: [], anywhere: true, reason }] } }];
  }
  return [];
}

/** Every variant of `value` in which exactly one node is known less well. */
function* variants(
  value: unknown,
  path: string,
): Generator<{ readonly name: string; readonly value: unknown }> {
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) {
      for (const variant of variants(item, `${path}[${i}]`)) {
        yield {
          name: variant.name,
          value: value.map((other: unknown, at) => (at === i ? variant.value : other)),
        };
      }
    }
    return;
  }
  if (!isNode(value)) return;
  for (const { name, node } of lesser(value)) yield { name: `${path} ${name}`, value: node };
  for (const [key, child] of Object.entries(value)) {
    if (opaqueKeys.has(key)) continue;
    for (const variant of variants(child, `${path}.${key}`))
      yield { name: variant.name, value: { ...value, [key]: variant.value } };
  }
}

export function* degradedWorlds(
  specs: readonly SpecContract[],
  codes: readonly CodeContract[],
): Generator<World> {
  // `variants` rebuilds what it was given with one node replaced by another of the same type.
  for (const { name, value } of variants(specs, 'specs'))
    yield { name, specs: value as readonly SpecContract[], codes };
  for (const { name, value } of variants(codes, 'codes'))
    yield { name, specs, codes: value as readonly CodeContract[] };
}
