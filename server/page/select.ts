/** Which operations are shown, and in which groups. Knows nothing of elements. */

import type { ReportOperation } from '../src/report/data.ts';

export type State = ReportOperation['state'];
export type Grouping = 'none' | 'spec' | 'tag' | 'controller' | 'owner';

export interface Selection {
  readonly search: string;
  /** Empty for all. */
  readonly states: ReadonlySet<State>;
  readonly grouping: Grouping;
}

export const states: readonly (readonly [State, string, string])[] = [
  ['drift', 'Different', '≠'],
  ['undocumented', 'Not in the spec', '+'],
  ['unimplemented', 'Not in the code', '−'],
  ['unknown', 'Cannot tell', '?'],
  ['aside', 'Not compared', '·'],
  ['matched', 'The same', '✓'],
];

export const groupings: readonly (readonly [Grouping, string])[] = [
  ['none', 'nothing'],
  ['spec', 'spec'],
  ['tag', 'tag'],
  ['controller', 'controller'],
  ['owner', 'owner'],
];

export interface Group {
  readonly title: string;
  readonly operations: readonly ReportOperation[];
}

/** Every word has to be somewhere: in the address, a place, a tag, an owner, a message. */
export function select(
  operations: readonly ReportOperation[],
  selection: Selection,
): readonly ReportOperation[] {
  const words = selection.search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return operations.filter(
    (operation) =>
      (selection.states.size === 0 || selection.states.has(operation.state)) &&
      (words.length === 0 || words.every((word) => textOf(operation).includes(word))),
  );
}

const texts = new WeakMap<ReportOperation, string>();

function textOf(operation: ReportOperation): string {
  const known = texts.get(operation);
  if (known !== undefined) return known;
  const { method, path, summary, spec, tags, controller, owners, inCode, findings, reason } = operation;
  const parts = [method, path, summary, spec, ...tags, controller, ...owners, inCode?.file, reason];
  const said = findings.flatMap(({ rule, message }) => [rule, message]);
  const text = [...parts, ...said]
    .filter((part) => part !== undefined)
    .join('\n')
    .toLowerCase();
  texts.set(operation, text);
  return text;
}

/** An operation with several tags or owners is in several groups. What has none comes last. */
export function group(operations: readonly ReportOperation[], grouping: Grouping): readonly Group[] {
  if (grouping === 'none') return [{ title: '', operations }];
  const groups = new Map<string, ReportOperation[]>();
  const rest: ReportOperation[] = [];
  for (const operation of operations) {
    const keys = keysOf(operation, grouping);
    if (keys.length === 0) rest.push(operation);
    for (const key of new Set(keys)) {
      const list = groups.get(key);
      if (list) list.push(operation);
      else groups.set(key, [operation]);
    }
  }
  const sorted = [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([title, list]): Group => ({ title, operations: list }));
  return rest.length === 0 ? sorted : [...sorted, { title: missing[grouping], operations: rest }];
}

const missing: Readonly<Record<Exclude<Grouping, 'none'>, string>> = {
  spec: 'In no spec',
  tag: 'Without a tag',
  controller: 'Not in the code',
  owner: 'Without an owner',
};

function keysOf({ spec, tags, controller, owners }: ReportOperation, grouping: Grouping): readonly string[] {
  switch (grouping) {
    case 'spec':
      return spec === undefined ? [] : [spec];
    case 'tag':
      return tags;
    case 'controller':
      return controller === undefined ? [] : [controller];
    case 'owner':
      return owners;
    case 'none':
      return [];
  }
}
