/** Fixes that make the spec say what the code does. */

import type { Finding } from '../../../contract/finding.ts';
import type { CodeOperation, SpecContract, SpecOperation } from '../../../contract/operation.ts';
import type { Link } from '../../../contract/pair.ts';
import { formatPath, paramNames, parseTemplate, shapeKey, type Path } from '../../../contract/path.ts';
import { child, children, type Located } from '../../../specs/openapi/reader.ts';
import { appendItem, insertEntry, removeEntry, renameKey, type Plain } from '../../../text/edit-document.ts';
import type { Entry } from '../entries.ts';
import type { FeatureIndex } from '../feature-index.ts';
import { grouped } from '../lookup.ts';
import { draftOperation, draftParameter, draftResponse } from './draft.ts';
import {
  edited,
  fix,
  mappingAt,
  operationAt,
  type FileEdit,
  type Fix,
  type Fixer,
  type Scene,
} from './fix.ts';

/** Order of keys in an operation, as the specification lists them. */
const operationKeys = [
  ...['tags', 'summary', 'description', 'externalDocs', 'operationId', 'consumes', 'produces'],
  ...['parameters', 'requestBody', 'responses', 'callbacks', 'deprecated', 'security', 'servers'],
];

function comesBefore(key: string): (other: string) => boolean {
  const rank = operationKeys.indexOf(key);
  return (other) => operationKeys.indexOf(other) < rank;
}

/** In ascending order, ranges after their codes, `default` last. */
function statusBefore(status: string): (other: string) => boolean {
  return (other) => (/^\d/.test(status) ? /^\d/.test(other) && other < status : /^\d/.test(other));
}

function versionOf({ ready }: FeatureIndex, spec: SpecOperation): string {
  return ready.snapshot.specs.find(({ file }) => file === spec.origin.spec)?.version ?? '3.1';
}

/** Fixes of several operations are told as one. */
function forAll(
  { index, entries }: Scene,
  title: string,
  edit: (index: FeatureIndex, spec: SpecOperation, entry: Entry) => readonly FileEdit[],
): Fix | undefined {
  const specs = new Map(
    entries.flatMap((entry) => (entry.spec ? [[entry.spec.at.file + entry.spec.at.start, entry]] : [])),
  );
  const edits = [...specs.values()].flatMap((entry) => (entry.spec ? edit(index, entry.spec, entry) : []));
  const unique = [
    ...new Map(edits.map((one) => [`${one.file} ${one.start} ${one.end} ${one.text}`, one])).values(),
  ];
  return fix(specs.size > 1 ? `${title} for ${specs.size} operations` : title, unique, true);
}

function responsesOf(index: FeatureIndex, spec: SpecOperation): Located | undefined {
  const operation = operationAt(index, spec);
  return operation && child(operation, 'responses');
}

const documentStatus: Fixer = (scene, { status }) => [
  typeof status === 'string'
    ? forAll(scene, `Document ${status} in the spec`, (index, spec, { code }) => {
        const map = mappingAt(index, responsesOf(index, spec));
        const output = code?.outputs.items.find((one) => one.status === status);
        const response = draftResponse(output, status, versionOf(index, spec)) as Plain;
        return edited(map, map && insertEntry(map.document, map.map, status, response, statusBefore(status)));
      })
    : undefined,
];

const removeStatus: Fixer = (scene, { status }) => [
  typeof status === 'string'
    ? forAll(scene, `Remove ${status} from the spec`, (index, spec) => {
        const map = mappingAt(index, responsesOf(index, spec));
        return edited(map, map && removeEntry(map.document, map.map, status));
      })
    : undefined,
];

const changeStatus: Fixer = (scene, { sent, promised }) => {
  const [[from], [to]] = [listOf(promised), listOf(sent)];
  if (listOf(promised).length !== 1 || listOf(sent).length !== 1 || from === undefined || to === undefined)
    return [];
  return [
    forAll(scene, `Document ${to} in place of ${from}`, (index, spec) => {
      const map = mappingAt(index, responsesOf(index, spec));
      return edited(map, map && renameKey(map.document, map.map, from, to));
    }),
  ];
};

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

const documentParameter: Fixer = (scene, { in: where, name }) => [
  typeof name === 'string'
    ? forAll(scene, `Document the ${String(where)} parameter ${name}`, (index, spec, { code }) => {
        const input = code?.inputs.items.find((one) => one.in === where && one.name === name);
        const operation = operationAt(index, spec);
        if (!input || !operation) return [];
        const parameter = draftParameter(input, versionOf(index, spec)) as Plain;
        const list = child(operation, 'parameters');
        const map = mappingAt(index, operation);
        if (!map) return [];
        if (!list)
          return edited(
            map,
            insertEntry(map.document, map.map, 'parameters', [parameter], comesBefore('parameters')),
          );
        return list.node.kind === 'seq' ? edited(map, appendItem(map.document, list.node, parameter)) : [];
      })
    : undefined,
];

const documentOperations: Fixer = ({ index, finding, entries }) => {
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
interface Home {
  readonly spec: SpecContract;
  readonly path: Path;
}

function homeOf({ ready }: FeatureIndex, code: CodeOperation): Home | undefined {
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

function neighbours({ spec, path }: Home): number {
  const [first] = path;
  return spec.operations.items.filter(({ key }) => {
    const segment = key.path.find((one) => first && formatPath([one]) === formatPath([first]));
    return segment !== undefined;
  }).length;
}

/** Undefined where one of the routes has no place, or no sure one. */
function routeEdits(index: FeatureIndex, routes: readonly CodeOperation[]): readonly FileEdit[] | undefined {
  const homes = routes.map((code) => ({ code, home: homeOf(index, code) }));
  const byPath = grouped(homes, ({ home }) => (home ? `${home.spec.file} ${shapeKey(home.path)}` : ''));
  const edits: FileEdit[] = [];
  for (const key of [...byPath.keys()].sort()) {
    const codes = (byPath.get(key) ?? []).map(({ code }) => code).sort(byMethod);
    const home = byPath.get(key)?.[0]?.home;
    const added = home && pathEdits(index, home, codes);
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
    draftOperation(renamed(code, names), spec.version, describing(spec, code)) as Plain,
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

function byMethod(a: CodeOperation, b: CodeOperation): number {
  return methods.indexOf(a.key.method.toLowerCase()) - methods.indexOf(b.key.method.toLowerCase());
}

const methods = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options', 'trace'];

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

/** The parameters of the path by the names that the path has in the spec. */
function renamed(code: CodeOperation, names: readonly string[]): CodeOperation {
  const own = paramNames(code.key.path).slice(-names.length);
  const items = code.inputs.items.map((input) => {
    const at = input.in === 'path' ? own.indexOf(input.name) : -1;
    return at < 0 ? input : { ...input, name: names[at] ?? input.name };
  });
  const missing = names.filter((name) => !items.some((input) => input.in === 'path' && input.name === name));
  const path = missing.map((name) => ({
    name,
    in: 'path' as const,
    required: { known: true, value: true, evidence: 'declared', at: code.at } as const,
    shape: { kind: 'string' } as const,
    evidence: 'declared' as const,
    at: code.at,
  }));
  return { ...code, inputs: { ...code.inputs, items: [...path, ...items] } };
}

/** The tags that all operations of the same router have, and an operationId where the spec gives them to most. */
function describing(spec: SpecContract, code: CodeOperation): Readonly<Record<string, Plain>> {
  const { items } = spec.operations;
  const first = code.key.path
    .map((segment) => formatPath([segment]))
    .slice(0, -1)
    .join('');
  const near = items.filter(({ key }) => first !== '' && formatPath(key.path).startsWith(first));
  const tags = near[0]?.origin.tags ?? [];
  const shared = near.every(({ origin }) => origin.tags.join() === tags.join()) ? tags : [];
  const named = items.filter(({ origin }) => origin.operationId !== undefined);
  const name = code.origin.handler?.name.split('.').at(-1);
  const isFree = !items.some(({ origin }) => origin.operationId === name);
  const hasName = name !== undefined && /^[a-z][A-Za-z0-9]*$/.test(name) && isFree;
  return {
    ...(shared.length > 0 && { tags: [...shared] }),
    ...(named.length * 2 > items.length && hasName && { operationId: name }),
  };
}

const removeOperation: Fixer = (scene) => [
  forAll(scene, `Remove ${nameOf(scene.finding)} from the spec`, (index, { at, origin }) => {
    const top = index.reader.document(at.file);
    const tokens = origin.pointer.split('/');
    const method = tokens.pop() ?? '';
    const item = top && located(top, tokens.slice(1));
    const map = mappingAt(index, item);
    const edit = map && removeEntry(map.document, map.map, method);
    if (edit) return edited(map, edit);
    // The only method of its path: the path goes with it.
    const path = tokens.pop() ?? '';
    const paths = top && mappingAt(index, located(top, tokens.slice(1)));
    return map?.map.entries.length === 1
      ? edited(paths, paths && removeEntry(paths.document, paths.map, unescape(path)))
      : [];
  }),
];

function located(top: Located, tokens: readonly string[]): Located | undefined {
  let at: Located | undefined = top;
  for (const token of tokens) at = at && child(at, unescape(token));
  return at;
}

function unescape(token: string): string {
  return token.replaceAll('~1', '/').replaceAll('~0', '~');
}

function nameOf({ operation }: Finding): string {
  return operation ? `${operation.method} ${operation.path}` : 'the operation';
}

const renamePath: Fixer = ({ index, entries }, { suggestion }) => {
  const spec = entries.find((entry) => entry.spec)?.spec;
  if (!spec || typeof suggestion !== 'string') return [];
  const top = index.reader.document(spec.origin.pathAt.file);
  const paths = top && child(top, 'paths');
  const written = paths && children(paths).find(({ keyAt }) => keyAt.start === spec.origin.pathAt.start);
  const full = formatPath(spec.key.path);
  if (!paths || !written || !full.endsWith(written.key)) return [];
  const base = full.slice(0, full.length - written.key.length);
  const item = index.reader.follow(written);
  const count = item.found ? children(item.at).filter(({ key }) => methods.includes(key)).length : 0;
  // The other methods of the path may be right.
  if (count !== 1 || !suggestion.startsWith(base)) return [];
  const to = suggestion.slice(base.length);
  const map = mappingAt(index, paths);
  return [
    fix(
      `Rename ${written.key} to ${to} in the spec`,
      edited(map, map && renameKey(map.document, map.map, written.key, to)),
      true,
    ),
  ];
};

const renameMethod: Fixer = ({ index, entries }, { spec: from, code: to }) => {
  const spec = entries.find((entry) => entry.spec)?.spec;
  if (!spec || typeof from !== 'string' || typeof to !== 'string') return [];
  const top = index.reader.document(spec.at.file);
  const map = mappingAt(index, top && located(top, spec.origin.pointer.split('/').slice(1, -1)));
  const edit = map && renameKey(map.document, map.map, from.toLowerCase(), to.toLowerCase());
  return [fix(`Document ${to} in place of ${from}`, edited(map, edit), true)];
};

/** By the id of the rule. */
export const specFixers: Readonly<Record<string, Fixer>> = {
  'http/undocumented-status': documentStatus,
  'http/unsent-status': removeStatus,
  'http/success-status': changeStatus,
  'http/undocumented-parameter': documentParameter,
  'http/undocumented-operation': documentOperations,
  'http/unimplemented-operation': removeOperation,
  'http/path-typo': renamePath,
  'http/method-mismatch': renameMethod,
};
