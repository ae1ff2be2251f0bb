/** The contract as a tree: operations by spec, and by router or controller. */

import { reasonText } from '../../contract/reasons.ts';
import type { Span } from '../../contract/span.ts';
import type { OperationState, TreeGroup, TreeOperation } from '../protocol.ts';
import type { Entry } from '../../engine/entries.ts';
import type { FeatureIndex } from './feature-index.ts';
import { handlerLabel, handlerTarget } from './handlers.ts';
import { isDeprecated } from './operation-text.ts';

type Group = TreeGroup<Span>;

export interface Tree {
  /** One a spec, then one for routes that no spec has. */
  readonly specs: readonly Group[];
  /** One a controller or router, then one for operations without code. */
  readonly controllers: readonly Group[];
}

export function contractTree(index: FeatureIndex): Tree {
  return { specs: specGroups(index), controllers: codeGroups(index) };
}

function specGroups(index: FeatureIndex): readonly Group[] {
  const bySpec = new Map(index.ready.snapshot.specs.map((spec) => [spec.file, [] as Entry[]]));
  const loose: Entry[] = [];
  for (const entry of index.entries) {
    const list = entry.spec && bySpec.get(entry.spec.origin.spec);
    if (list) list.push(entry);
    else loose.push(entry);
  }
  const groups = index.ready.snapshot.specs.map((spec): Group => {
    const at = { file: spec.file, start: 0, end: 0 };
    return group(
      index,
      spec.file,
      spec.title,
      `OpenAPI ${spec.version} · ${spec.file}`,
      bySpec.get(spec.file) ?? [],
      at,
    );
  });
  return loose.length === 0 ? groups : [...groups, group(index, 'no spec', 'In no spec', 'routes', loose)];
}

function codeGroups(index: FeatureIndex): readonly Group[] {
  const byGroup = new Map<string, Entry[]>();
  const loose: Entry[] = [];
  for (const entry of index.entries) {
    if (!entry.code) {
      loose.push(entry);
      continue;
    }
    const { id } = entry.code.origin.group;
    const list = byGroup.get(id);
    if (list) list.push(entry);
    else byGroup.set(id, [entry]);
  }
  const groups = [...byGroup.values()].flatMap((entries): readonly Group[] => {
    const origin = entries[0]?.code?.origin;
    if (!origin) return [];
    const { title, at } = origin.group;
    // The offset in the id of a group moves with every edit above it.
    return [group(index, `${at.file} ${title}`, title, at.file, entries, at)];
  });
  const sorted = distinctIds(groups).sort((a, b) => (a.title < b.title ? -1 : a.title > b.title ? 1 : 0));
  return loose.length === 0
    ? sorted
    : [...sorted, group(index, 'no code', 'Not in the code', 'operations', loose)];
}

/** Two routers of one file may have the same title. */
function distinctIds(groups: readonly Group[]): Group[] {
  const seen = new Map<string, number>();
  return groups.map((one) => {
    const count = seen.get(one.id) ?? 0;
    seen.set(one.id, count + 1);
    return count === 0 ? one : { ...one, id: `${one.id} ${count + 1}` };
  });
}

function group(
  index: FeatureIndex,
  id: string,
  title: string,
  detail: string,
  entries: readonly Entry[],
  at?: Span,
): Group {
  const unique = [...new Map(entries.map((entry) => [entry.id, entry])).values()];
  return {
    id,
    title,
    detail,
    ...(at && { at }),
    operations: [...unique].sort(byAddress).map((entry) => operation(index, entry)),
  };
}

export function countStates(entries: readonly Entry[]): Readonly<Record<OperationState, number>> {
  const counts: Record<OperationState, number> = {
    matched: 0,
    drift: 0,
    undocumented: 0,
    unimplemented: 0,
    unknown: 0,
    aside: 0,
  };
  for (const { state } of entries) counts[state] += 1;
  return counts;
}

const methodOrder = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

function byAddress(a: Entry, b: Entry): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return rank(a.method) - rank(b.method) || (a.method < b.method ? -1 : 1);
}

function rank(method: string): number {
  const at = methodOrder.indexOf(method);
  return at < 0 ? methodOrder.length : at;
}

function operation(index: FeatureIndex, entry: Entry): TreeOperation<Span> {
  const { id, method, path, spec, code, state, reason, findings } = entry;
  const summary = spec?.origin.summary;
  const handler = code && handlerLabel(index, code);
  return {
    id,
    method,
    path,
    ...(summary === undefined ? {} : { summary }),
    deprecated: isDeprecated(entry),
    state,
    findings: findings.map(({ message }) => message),
    ...(reason && { reason: reasonText(reason) }),
    ...(handler === undefined ? {} : { handler }),
    ...(spec && { spec: spec.at }),
    ...(code && { code: handlerTarget(index, code).at }),
  };
}
