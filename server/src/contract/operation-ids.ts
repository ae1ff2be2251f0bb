/** Ids for operations that have none, in the style of those that have one. */

import type { SpecOperation } from './operation.ts';
import { formatPath } from './path.ts';
import { freeName, pascal, singular, wordsOf } from './words.ts';

/** What is known of an operation that has an id, or is to get one. */
export interface Named {
  /** In any letter case. */
  readonly method: string;
  /** As OpenAPI writes it. */
  readonly path: string;
  readonly operationId?: string;
}

/** The id of an operation; `wanted` if that is free. Each id that it gives is taken from then on. */
export type MakeId = (operation: Pick<Named, 'method' | 'path'>, wanted?: string) => string;

/**
 * Makes ids that no other operation has: with the case and the verbs that most of the given ids have, `listTeas` and
 * `getTea` where there are none.
 */
export function operationIds(operations: readonly Named[]): MakeId {
  const named = operations.flatMap((one) =>
    one.operationId === undefined ? [] : [{ ...one, operationId: one.operationId }],
  );
  const taken = new Set(named.map(({ operationId }) => operationId));
  const write = writerOf([...taken]);
  const verb = verbsOf(named);
  const common = commonSegments(operations.map(({ path }) => path));
  const make: MakeId = (operation) => {
    const first = verb(operation);
    const { nouns, params } = partsOf(
      operation.path.split('/').filter(Boolean).slice(common),
      makesOne.has(first),
    );
    const short = write([first, ...nouns]);
    if (nouns.length > 0 && !taken.has(short)) return short;
    const long = write([first, ...nouns, ...(params.length > 0 ? ['by', ...params] : [])]);
    return freeName(long, (name) => taken.has(name));
  };
  return (operation, wanted) => {
    const isWanted = wanted !== undefined && isTelling(wanted) && !taken.has(wanted);
    const id = isWanted ? wanted : make(operation);
    taken.add(id);
    return id;
  };
}

/** Does a name say what an operation is about, also outside of the class that it is from? `getAll` does not. */
function isTelling(name: string): boolean {
  return !wordsOf(name).every((word) => knownVerbs.has(word) || vagueWords.has(word));
}

const vagueWords: ReadonlySet<string> = new Set('all one many by id handle handler'.split(' '));

/** For operations that are to stand beside those of a spec. */
export function idsBeside(operations: readonly SpecOperation[]): MakeId {
  return operationIds(
    operations.map(({ key, origin: { operationId } }) => ({
      method: key.method,
      path: formatPath(key.path),
      ...(operationId !== undefined && { operationId }),
    })),
  );
}

type Case = 'camel' | 'pascal' | 'snake' | 'kebab';

/** Of the case that most names have; camel case where there are none. */
function writerOf(names: readonly string[]): (words: readonly string[]) => string {
  const cases: readonly Case[] = names.map((name) => {
    if (/^[a-z\d]+(?:_[a-z\d]+)+$/.test(name)) return 'snake';
    if (/^[a-z\d]+(?:-[a-z\d]+)+$/.test(name)) return 'kebab';
    return /^[A-Z]/.test(name) ? 'pascal' : 'camel';
  });
  const count = (one: Case): number => cases.filter((each) => each === one).length;
  const order: readonly Case[] = ['camel', 'snake', 'kebab', 'pascal'];
  const style = order.reduce((most, one) => (count(one) > count(most) ? one : most), 'camel');
  switch (style) {
    case 'snake':
      return (words) => words.join('_');
    case 'kebab':
      return (words) => words.join('-');
    case 'pascal':
      return (words) => words.map(pascal).join('');
    case 'camel':
      return (words) => words.map((word, index) => (index === 0 ? word : pascal(word))).join('');
  }
}

/** The verb that names of the same kind of operation begin with most often. */
function verbsOf(named: readonly Required<Named>[]): (operation: Pick<Named, 'method' | 'path'>) => string {
  const counts = new Map<string, Map<string, number>>();
  for (const operation of named) {
    const first = /^[A-Za-z][a-z]*/.exec(operation.operationId)?.[0].toLowerCase();
    if (first === undefined) continue;
    const verbs = counts.get(kindOf(operation)) ?? new Map<string, number>();
    verbs.set(first, (verbs.get(first) ?? 0) + 1);
    counts.set(kindOf(operation), verbs);
  }
  return (operation) => {
    const kind = kindOf(operation);
    const reads = /^(?:get|head)/.test(kind);
    const common = [...(counts.get(kind) ?? [])].filter(
      ([verb]) => knownVerbs.has(verb) && (reads || !readingVerbs.has(verb)),
    );
    const [most] = common.sort((a, b) => b[1] - a[1]);
    return most?.[0] ?? usualVerbs[kind] ?? operation.method.toLowerCase();
  };
}

/** `do`: something other than a collection or one of it, such as `POST /teas/{id}/steep`. */
function kindOf({ method, path }: Pick<Named, 'method' | 'path'>): string {
  const isOne = /\}\/?$/.test(path);
  const isAction = method.toLowerCase() === 'post' && !/s\/?$/i.test(path);
  return `${method.toLowerCase()} ${isOne ? 'one' : isAction ? 'do' : 'all'}`;
}

const usualVerbs: Readonly<Record<string, string>> = {
  'get all': 'list',
  'get one': 'get',
  'post all': 'create',
  'put one': 'update',
  'put all': 'update',
  'patch one': 'update',
  'patch all': 'update',
};

/** What is made in a collection is one of it. */
const makesOne: ReadonlySet<string> = new Set(['create', 'add', 'new', 'insert', 'make']);

/** What is sent to a collection may be called so where it is a search, and nothing else is. */
const readingVerbs: ReadonlySet<string> = new Set('get list find fetch read show retrieve'.split(' '));

/** Other first words are nouns. */
const knownVerbs: ReadonlySet<string> = new Set(
  'get list find fetch read show retrieve search query create add post new insert make update put patch replace edit modify set change save upsert delete remove destroy'.split(
    ' ',
  ),
);

/** How many segments stand in front of all paths: `api`, `v1`. */
function commonSegments(paths: readonly string[]): number {
  const all = [...new Set(paths)].map((path) => path.split('/').filter(Boolean));
  const [first] = all;
  if (!first || all.length < 2) return 0;
  let count = 0;
  while (
    count < first.length &&
    /^(?:api|rest|v\d+(?:\.\d+)?)$/.test(first[count] ?? '') &&
    all.every((segments) => segments[count] === first[count])
  )
    count += 1;
  return count;
}

/** `/teas/{id}/leaves`: tea, leaves; what a parameter follows is one of many. */
function partsOf(
  segments: readonly string[],
  isLastOne: boolean,
): {
  readonly nouns: readonly string[];
  readonly params: readonly string[];
} {
  const nouns = segments.flatMap((segment, index) => {
    if (segment.includes('{')) return [];
    const words = wordsOf(segment);
    const last = words.at(-1);
    const next = segments[index + 1];
    const isOne = next === undefined ? isLastOne : /^\{[^}]*\}$/.test(next);
    return isOne && last !== undefined ? [...words.slice(0, -1), singular(last)] : words;
  });
  const params = segments.flatMap((segment) =>
    [...segment.matchAll(/\{([^}]*)\}/g)].flatMap(([, name = '']) => wordsOf(name)),
  );
  return { nouns, params };
}
