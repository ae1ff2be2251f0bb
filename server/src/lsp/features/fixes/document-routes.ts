/** Writes routes that only the code has into the spec: where they belong, and what is known of them. */

import { idsBeside, type MakeId } from '../../../contract/operation-ids.ts';
import type { CodeOperation, Input, SpecContract } from '../../../contract/operation.ts';
import { formatPath, shapeKey } from '../../../contract/path.ts';
import type { FileId } from '../../../contract/span.ts';
import { stringOf, valueOf } from '../../../text/document-node.ts';
import type { Plain } from '../../../text/document-style.ts';
import { fillEmpty } from '../../../text/edit-document.ts';
import type { FeatureIndex } from '../feature-index.ts';
import { grouped, once } from '../../../engine/lookup.ts';
import { draftOperation, methods, withPathNames } from '../../../draft/operation.ts';
import type { Draft, Drafting } from '../../../draft/schema.ts';
import { isSource } from '../spec-texts.ts';
import { commentAbove } from './document-in-comments.ts';
import { draftingFor } from './drafting.ts';
import { edited, fix, type FileEdit, type Fix, type Fixer } from './fix.ts';
import { joined } from './insert-all.ts';
import { commonLength, homeOf, placeOf, type Home, type PathPlace } from './route-places.ts';
import { shareErrors } from './share-errors.ts';
import { createPool, type ComponentPool } from './spec-components.ts';
import { requirementsFor } from './spec-security.ts';

export const documentOperations: Fixer = ({ index, finding, entries }) => {
  const routes = [...new Map(entries.flatMap(({ code }) => (code ? [[keyOf(code), code]] : []))).values()];
  // Notes are about routes that hardly anyone wants in a contract.
  if (finding.severity === 'info') return [];
  const placed = routes.flatMap((code) => {
    const home = homeOf(index, code);
    return home ? [{ code, home }] : [];
  });
  const [first] = placed;
  if (!first) return [];
  const count = placed.length < routes.length ? `${placed.length} of ${routes.length}` : `${placed.length}`;
  const what = routes.length === 1 ? keyOf(first.code) : `${count} routes`;
  if (isSource(first.home.spec.file)) return [inComments(index, placed, routes.length)];
  const title = (files: readonly FileId[]): string => `Document ${what} in ${[...new Set(files)].join(', ')}`;
  if (placed.length > atOnce) return [draftedLater(index, placed, title)];
  const edits = routeEdits(index, placed);
  return edits ? [fix(title(edits.map(({ file }) => file)), edits, true)] : [];
};

/** Those that have a place are documented, each above itself. */
function inComments(index: FeatureIndex, routes: readonly Placed[], count: number): Fix | undefined {
  const edits = routes.flatMap(
    ({ code, home }) =>
      commentAbove(index, home, code, (names) => operationDraft(index, home, code, names)) ?? [],
  );
  const [first] = routes;
  const what = count === 1 && first ? keyOf(first.code) : `${edits.length} of ${count} routes`;
  return fix(`Document ${what} in a comment`, joined(edits), true);
}

/** Routes that are drafted before anybody chooses to have them documented. */
const atOnce = 12;

function draftedLater(
  index: FeatureIndex,
  routes: readonly Placed[],
  title: (files: readonly FileId[]) => string,
): Fix | undefined {
  const homes = new Map(routes.map(({ home }) => [`${home.spec.file} ${shapeKey(home.path)}`, home]));
  const places = [...homes.values()].map((home) => placeOf(index, home));
  const files = [...new Set(places.flatMap((place) => place?.files ?? []))];
  const edits = once(() => routeEdits(index, routes) ?? []);
  if (places.includes(undefined)) return undefined;
  return {
    title: title(files),
    files,
    preferred: true,
    get edits() {
      return edits();
    },
  };
}

function keyOf({ key }: CodeOperation): string {
  return `${key.method} ${formatPath(key.path)}`;
}

interface Placed {
  readonly code: CodeOperation;
  readonly home: Home;
}

/** What the routes of one spec have in common. */
interface Shared {
  readonly makeId: MakeId;
  readonly pool: ComponentPool;
}

interface Written {
  readonly place: PathPlace;
  readonly pool: ComponentPool;
  readonly method: string;
  readonly draft: Draft;
}

/** Undefined where one of the routes has no place. */
function routeEdits(index: FeatureIndex, routes: readonly Placed[]): readonly FileEdit[] | undefined {
  const byPath = grouped(routes, ({ home }) => `${home.spec.file} ${shapeKey(home.path)}`);
  const specs = new Map<SpecContract, Shared>();
  const written: Written[] = [];
  for (const key of [...byPath.keys()].sort()) {
    const here = [...(byPath.get(key) ?? [])].sort(byMethod);
    const [first] = here;
    const place = first && placeOf(index, first.home);
    if (!place) return undefined;
    const { spec } = first.home;
    const shared = specs.get(spec) ?? {
      makeId: idsBeside(spec.operations.items),
      pool: createPool(index, spec.file),
    };
    specs.set(spec, shared);
    for (const route of here) {
      const draft = operationIn(index, route, place, shared);
      written.push({ place, pool: shared.pool, method: route.code.key.method.toLowerCase(), draft });
    }
  }
  const edits: FileEdit[] = [];
  for (const [pool, all] of grouped(written, (one) => one.pool)) {
    const drafts = shareErrors(
      all.map(({ place, draft }) => ({ file: place.file, draft })),
      pool,
    );
    const methodsAt = grouped(
      all.map(({ place, method }, at) => ({ place, entry: [method, drafts[at] as Plain] as const })),
      ({ place }) => place,
    );
    const items = [...methodsAt].map(([place, entries]): Item => [place, entries.map(({ entry }) => entry)]);
    const added = [...items.map(writeItem), ...writeFirsts(items), pool.edits()];
    if (added.includes(undefined)) return undefined;
    edits.push(...added.flatMap((one) => one ?? []));
  }
  return joined(edits);
}

type Item = readonly [place: PathPlace, operations: readonly (readonly [method: string, draft: Plain])[]];

function writeItem([place, operations]: Item): readonly FileEdit[] | undefined {
  return place.first ? [] : place.write(operations);
}

/** The first paths of a document are written at once: an edit each would not know of the others. */
function writeFirsts(items: readonly Item[]): readonly (readonly FileEdit[] | undefined)[] {
  const firsts = grouped(items, ([{ first }]) => first?.map);
  return [...firsts.values()].flatMap((own) => {
    const at = own[0]?.[0].first;
    const paths = Object.fromEntries(
      own.map(([{ key }, operations]) => [key, Object.fromEntries(operations)]),
    );
    const filled = at && fillEmpty(at.document, at.map, paths);
    return at ? [filled && edited(at, filled)] : [];
  });
}

/** What all operations of the path have is not said again. */
function operationIn(
  index: FeatureIndex,
  { code, home }: Placed,
  { names, file, shared }: PathPlace,
  { makeId, pool }: Shared,
): Draft {
  const there = new Set(
    shared.flatMap((one) => {
      const followed = index.reader.follow(one);
      const { node } = followed.found ? followed.at : one;
      return [`${stringOf(valueOf(node, 'in')) ?? ''} ${stringOf(valueOf(node, 'name')) ?? ''}`];
    }),
  );
  const named = withPathNames(code, names);
  const items = named.inputs.items.filter(
    (input) => !there.has(`${input.in} ${input.name}`) && !isLeftOut(index, home.spec, input),
  );
  const own = { ...named, inputs: { ...named.inputs, items } };
  const drafted = draftOperation(own, pool.drafting(file), describing(home, code, makeId));
  const security = requirementsFor(index, home.spec, code);
  return security ? { ...drafted, security: [...security] } : drafted;
}

/** Do documented operations behind the same middleware read the header without the spec telling of it? */
function isLeftOut(
  { entries }: FeatureIndex,
  { file }: SpecContract,
  { in: where, name, at }: Input,
): boolean {
  if (where !== 'header' && where !== 'cookie') return false;
  return entries.some(
    ({ spec, code }) =>
      spec?.origin.spec === file &&
      code?.inputs.items.some((other) => other.at.start === at.start && other.at.file === at.file) &&
      !spec.inputs.items.some(
        (other) => other.in === where && other.name.toLowerCase() === name.toLowerCase(),
      ),
  );
}

/** The operation of a route by itself, for a path whose parameters have these names. */
export function operationDraft(
  index: FeatureIndex,
  home: Home,
  code: CodeOperation,
  names: readonly string[],
  drafting: Drafting = draftingFor(index, home.spec.version),
): Draft {
  const makeId = idsBeside(home.spec.operations.items);
  return draftOperation(withPathNames(code, names), drafting, describing(home, code, makeId));
}

function byMethod({ code: a }: Placed, { code: b }: Placed): number {
  return methods.indexOf(a.key.method.toLowerCase()) - methods.indexOf(b.key.method.toLowerCase());
}

/** The tags of most operations that begin as much alike as any, and an operationId where the spec gives them to most. */
function describing(
  { spec, path: own }: Home,
  { key, origin: { handler } }: CodeOperation,
  makeId: MakeId,
): Readonly<Record<string, Plain>> {
  const { items } = spec.operations;
  const path = formatPath(own);
  const alike = items.map((item) => ({ item, length: commonLength(formatPath(item.key.path), path) }));
  const most = Math.max(0, ...alike.map(({ length }) => length));
  const near = alike.filter(({ length }) => length === most).map(({ item }) => item.origin.tags);
  const counted = grouped(near, (tags) => tags.join('\n'));
  const [tags = []] = [...counted.values()].find((same) => same.length * 2 > near.length) ?? [];
  // The empty text in front of the first slash says nothing.
  const isNear = most > 1;
  const named = items.filter(({ origin }) => origin.operationId !== undefined);
  const name = handler?.name.split('.').at(-1);
  const wanted = name !== undefined && /^[a-z][A-Za-z0-9]*$/.test(name) ? name : undefined;
  return {
    ...(isNear && tags.length > 0 && { tags: [...tags] }),
    ...(named.length * 2 > items.length && {
      operationId: makeId({ method: key.method, path }, wanted),
    }),
  };
}
