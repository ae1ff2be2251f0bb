/** Writes routes that only the code has into the spec: where they belong, and what is known of them. */

import { idsBeside, type MakeId } from '../../../contract/operation-ids.ts';
import type { CodeOperation, SpecContract } from '../../../contract/operation.ts';
import type { Link } from '../../../contract/pair.ts';
import { formatPath, paramNames, parseTemplate, shapeKey, type Path } from '../../../contract/path.ts';
import { child, children } from '../../../specs/openapi/reader.ts';
import { insertEntry, type Plain } from '../../../text/edit-document.ts';
import type { FeatureIndex } from '../feature-index.ts';
import { grouped } from '../../../engine/lookup.ts';
import { draftOperation, methods, withPathNames } from '../../../draft/operation.ts';
import type { Draft } from '../../../draft/schema.ts';
import { draftingFor } from './drafting.ts';
import { edited, fix, mappingAt, type FileEdit, type Fixer } from './fix.ts';

export const documentOperations: Fixer = ({ index, finding, entries }) => {
  const routes = [...new Map(entries.flatMap(({ code }) => (code ? [[keyOf(code), code]] : []))).values()];
  const [first] = routes;
  // Notes are about routes that hardly anyone wants in a contract.
  if (!first || finding.severity === 'info') return [];
  const edits = routeEdits(index, routes);
  if (!edits) return [];
  const files = [...new Set(edits.map(({ file }) => file))].join(', ');
  const what = routes.length === 1 ? keyOf(first) : `${routes.length} routes`;
  return [fix(`Document ${what} in ${files}`, edits, true)];
};

function keyOf({ key }: CodeOperation): string {
  return `${key.method} ${formatPath(key.path)}`;
}

/** The spec that a route belongs in, and its path there. */
export interface Home {
  readonly spec: SpecContract;
  readonly path: Path;
}

export function homeOf({ ready }: FeatureIndex, code: CodeOperation): Home | undefined {
  const link = ready.snapshot.links.find(({ pairs }) =>
    pairs.some((pair) => pair.state === 'code-only' && pair.code === code),
  );
  const homes = (link?.specs ?? []).flatMap((spec) => homeIn(link, spec, code) ?? []);
  // Several specs of one server: where most of the neighbours are.
  return homes.sort((a, b) => neighbours(b) - neighbours(a))[0];
}

function homeIn(link: Link | undefined, spec: SpecContract, code: CodeOperation): Home | undefined {
  const base = link?.alignments.find((alignment) => alignment.spec === spec.file)?.base ?? [];
  const path = code.key.path;
  const inBase = base.every((segment, index) => {
    const other = path[index];
    return other !== undefined && formatPath([segment]) === formatPath([other]);
  });
  return inBase && path.length > base.length ? { spec, path: path.slice(base.length) } : undefined;
}

/** Operations that have the first segment of the path in theirs. */
function neighbours({ spec, path: [first] }: Home): number {
  if (!first) return 0;
  const segment = formatPath([first]);
  return spec.operations.items.filter(({ key }) => key.path.some((one) => formatPath([one]) === segment))
    .length;
}

/** Undefined where one of the routes has no place, or no sure one. */
function routeEdits(index: FeatureIndex, routes: readonly CodeOperation[]): readonly FileEdit[] | undefined {
  const homes = routes.map((code) => ({ code, home: homeOf(index, code) }));
  const byPath = grouped(homes, ({ home }) => (home ? `${home.spec.file} ${shapeKey(home.path)}` : ''));
  const ids = new Map<SpecContract, MakeId>();
  const edits: FileEdit[] = [];
  for (const key of [...byPath.keys()].sort()) {
    const codes = (byPath.get(key) ?? []).map(({ code }) => code).sort(byMethod);
    const home = byPath.get(key)?.[0]?.home;
    if (!home) return undefined;
    const makeId = ids.get(home.spec) ?? idsBeside(home.spec.operations.items);
    ids.set(home.spec, makeId);
    const added = pathEdits(index, home, codes, makeId);
    if (!added) return undefined;
    edits.push(...added);
  }
  // What is added at one place is added one after the other.
  return [...grouped(edits, ({ file, start, end }) => `${file} ${start} ${end}`).values()].flatMap(
    ([first, ...more]) =>
      first ? { ...first, text: [first, ...more].map(({ text }) => text).join('') } : [],
  );
}

/** The operations of one path, in the path item that there is or in a new one. */
function pathEdits(
  index: FeatureIndex,
  { spec, path }: Home,
  codes: readonly CodeOperation[],
  makeId: MakeId,
): readonly FileEdit[] | undefined {
  const top = index.reader.document(spec.file);
  const paths = top && child(top, 'paths');
  const map = mappingAt(index, paths);
  if (!paths || !map || codes.some(({ key }) => key.method === 'ALL')) return undefined;
  const all = children(paths);
  const same = all.find(({ key }) => shapeKey(parseTemplate(key)) === shapeKey(path));
  const names = paramNames(same ? parseTemplate(same.key) : path);
  const drafts = codes.map((code): readonly [string, Plain] => [
    code.key.method.toLowerCase(),
    operationDraft(index, spec, code, names, makeId) as Plain,
  ]);
  if (!same) {
    const key = formatPath(path);
    const isBefore = pathBefore(
      all.map((one) => one.key),
      key,
    );
    const edit = insertEntry(map.document, map.map, key, Object.fromEntries(drafts), isBefore);
    return edit && edited(map, edit);
  }
  const item = mappingAt(index, same);
  const edits = drafts.flatMap(([method, draft]) =>
    edited(item, item && insertEntry(item.document, item.map, method, draft, isMethodBefore(method))),
  );
  return edits.length === drafts.length ? edits : undefined;
}

/** The operation of a route, for a path whose parameters have these names. */
export function operationDraft(
  index: FeatureIndex,
  spec: SpecContract,
  code: CodeOperation,
  names: readonly string[],
  makeId: MakeId = idsBeside(spec.operations.items),
): Draft {
  return draftOperation(
    withPathNames(code, names),
    draftingFor(index, spec.version),
    describing(spec, code, makeId),
  );
}

function byMethod(a: CodeOperation, b: CodeOperation): number {
  return methods.indexOf(a.key.method.toLowerCase()) - methods.indexOf(b.key.method.toLowerCase());
}

function isMethodBefore(method: string): (other: string) => boolean {
  return (other) => methods.indexOf(other) < methods.indexOf(method);
}

/** In the order of the others, if they have one; else behind those that begin alike. */
function pathBefore(keys: readonly string[], key: string): (other: string) => boolean {
  const isSorted = keys.every((each, index) => index === 0 || (keys[index - 1] ?? '') <= each);
  if (isSorted) return (other) => other < key;
  const common = (other: string): number => {
    let length = 0;
    const [left, right] = [other.split('/'), key.split('/')];
    while (length < left.length && left[length] === right[length]) length += 1;
    return length;
  };
  const most = Math.max(...keys.map(common));
  const last = keys.findLast((each) => common(each) === most);
  const until = keys.indexOf(last ?? '');
  return (other) => keys.indexOf(other) <= until;
}

/** The tags that all operations of the same router have, and an operationId where the spec gives them to most. */
function describing(
  { operations: { items } }: SpecContract,
  { key, origin: { handler } }: CodeOperation,
  makeId: MakeId,
): Readonly<Record<string, Plain>> {
  const first = key.path
    .map((segment) => formatPath([segment]))
    .slice(0, -1)
    .join('');
  const near = items.filter((other) => first !== '' && formatPath(other.key.path).startsWith(first));
  const tags = near[0]?.origin.tags ?? [];
  const shared = near.every(({ origin }) => origin.tags.join() === tags.join()) ? tags : [];
  const named = items.filter(({ origin }) => origin.operationId !== undefined);
  const name = handler?.name.split('.').at(-1);
  const wanted = name !== undefined && /^[a-z][A-Za-z0-9]*$/.test(name) ? name : undefined;
  return {
    ...(shared.length > 0 && { tags: [...shared] }),
    ...(named.length * 2 > items.length && {
      operationId: makeId({ method: key.method, path: formatPath(key.path) }, wanted),
    }),
  };
}
