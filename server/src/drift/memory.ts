/**
 * What rules found of pairs in earlier runs. A rule sees its pair and nothing else, so of a pair that is the same object
 * it finds the same; a comparison of bodies also rests on the named shapes that they lead to.
 */

import type { CodeOperation, SpecOperation } from '../contract/operation.ts';
import type { Link, Pair } from '../contract/pair.ts';
import { refsIn, type Shape, type ShapeId, type Shapes } from '../contract/shape.ts';
import { type Tables, tablesOf } from './compare/pair.ts';
import type { Rule } from './define-rule.ts';
import type { Raising } from './raise.ts';

/** Of the pairs of one link. */
export interface PairMemory {
  /** What the bodies of its pairs are compared with; the same object while nothing in it changes. */
  readonly tables: Tables;
  /** What each rule found; undefined where rules have to look. */
  get(pair: Pair): Found | undefined;
  set(pair: Pair, found: Found): void;
}

export type Found = ReadonlyMap<Rule, Raising>;
export type MemoryOfLink = (link: Link, rules: readonly Rule[]) => PairMemory;

interface Known {
  readonly tables: Tables;
  readonly found: Found;
}

/** Tables of a link, and how they came to differ from those of the run before. */
interface Edition {
  readonly rules: string;
  readonly tables: Tables;
  readonly before?: Tables;
  /** Names of shapes that say something else than before, themselves or deeper down. */
  readonly changed: Changed;
}

type Changed = Readonly<Record<keyof Tables, ReadonlySet<ShapeId>>>;

export function createMemory(): MemoryOfLink {
  const known = new WeakMap<Pair, Known>();
  const editions = new Map<string, Edition>();
  return (link, rules) => {
    const name = [...link.specs.map(({ file }) => file), ...link.codes.map(({ root }) => root)].join('\0');
    const edition = nextEdition(editions.get(name), rules.map(({ id }) => id).join(), tablesOf(link));
    editions.set(name, edition);
    const { tables, before, changed } = edition;
    return {
      tables,
      get(pair) {
        const one = known.get(pair);
        return one?.tables === tables || (one && one.tables === before && !namesAny(pair, changed))
          ? one.found
          : undefined;
      },
      set: (pair, found) => void known.set(pair, { tables, found }),
    };
  };
}

/** What other rules found is no use to these: tables that are new to all pairs make them look again. */
function nextEdition(last: Edition | undefined, rules: string, tables: Tables): Edition {
  const none: Changed = { promised: new Set(), served: new Set() };
  if (last?.rules !== rules) return { rules, tables, changed: none };
  const promised = differing(last.tables.promised, tables.promised);
  const served = differing(last.tables.served, tables.served);
  if (promised.size === 0 && served.size === 0) return { rules, tables: last.tables, changed: none };
  const changed = {
    promised: withUsers(promised, tables.promised),
    served: withUsers(served, tables.served),
  };
  return { rules, tables, before: last.tables, changed };
}

function differing(before: Shapes, now: Shapes): Set<ShapeId> {
  const ids = new Set([...Object.keys(before), ...Object.keys(now)] as ShapeId[]);
  return new Set([...ids].filter((id) => before[id] !== now[id]));
}

/** These, and all that lead to one of them. */
function withUsers(ids: ReadonlySet<ShapeId>, table: Shapes): ReadonlySet<ShapeId> {
  if (ids.size === 0) return ids;
  const users = new Map<ShapeId, ShapeId[]>();
  for (const [user, shape] of Object.entries(table) as [ShapeId, Shape][])
    for (const id of refsIn(shape)) {
      const there = users.get(id);
      if (there) there.push(user);
      else users.set(id, [user]);
    }
  const all = new Set(ids);
  for (const id of all) for (const user of users.get(id) ?? []) all.add(user);
  return all;
}

function namesAny(pair: Pair, { promised, served }: Changed): boolean {
  return (
    ('spec' in pair && operationNames(pair.spec, promised)) ||
    ('code' in pair && operationNames(pair.code, served))
  );
}

function operationNames(
  { inputs, bodies, outputs }: SpecOperation | CodeOperation,
  ids: ReadonlySet<ShapeId>,
): boolean {
  if (ids.size === 0) return false;
  const all = [...inputs.items, ...bodies.items, ...outputs.items.flatMap((output) => output.bodies.items)];
  return all.some(({ shape }) => refsIn(shape).some((id) => ids.has(id)));
}
