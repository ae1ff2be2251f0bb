/** Names for operations, in the style in which a specification names them. */

/** What is known of an operation that has a name, or is to get one. */
export interface Named {
  /** In any letter case. */
  readonly method: string;
  /** As OpenAPI writes it. */
  readonly path: string;
  readonly operationId?: string;
}

type Case = 'camel' | 'pascal' | 'snake' | 'kebab';

/** Makes names that no other operation has; undefined where none suggests itself. Each name that it gives is taken from then on. */
export function operationIds(
  operations: readonly Named[],
): (operation: Pick<Named, 'method' | 'path'>) => string | undefined {
  const named = operations.flatMap((one) =>
    one.operationId === undefined ? [] : [{ ...one, operationId: one.operationId }],
  );
  const taken = new Set(named.map(({ operationId }) => operationId));
  const write = writerOf(named.map(({ operationId }) => operationId));
  const verb = verbsOf(named);
  const common = commonSegments(operations.map(({ path }) => path));
  return (operation) => {
    const first = verb(operation);
    const words = wordsOf(operation.path.split('/').filter(Boolean).slice(common), makesOne.has(first));
    const long = [...words.nouns, ...(words.params.length > 0 ? ['by', ...words.params] : [])];
    const found = [words.nouns, long]
      .filter((rest) => rest.length > 0)
      .map((rest) => write([first, ...rest]))
      .find((name) => !taken.has(name));
    if (found !== undefined) taken.add(found);
    return found;
  };
}

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
  const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
  switch (style) {
    case 'snake':
      return (words) => words.join('_');
    case 'kebab':
      return (words) => words.join('-');
    case 'pascal':
      return (words) => words.map(capital).join('');
    case 'camel':
      return (words) => words.map((word, index) => (index === 0 ? word : capital(word))).join('');
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
    const common = [...(counts.get(kind) ?? [])].filter(([verb]) => knownVerbs.has(verb));
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
function wordsOf(
  segments: readonly string[],
  isLastOne: boolean,
): {
  readonly nouns: readonly string[];
  readonly params: readonly string[];
} {
  const nouns = segments.flatMap((segment, index) => {
    if (segment.includes('{')) return [];
    const words = split(segment);
    const last = words.at(-1);
    const next = segments[index + 1];
    const isOne = next === undefined ? isLastOne : /^\{[^}]*\}$/.test(next);
    return isOne && last !== undefined ? [...words.slice(0, -1), singular(last)] : words;
  });
  const params = segments.flatMap((segment) =>
    [...segment.matchAll(/\{([^}]*)\}/g)].flatMap(([, name = '']) => split(name)),
  );
  return { nouns, params };
}

function split(text: string): readonly string[] {
  return text
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z\d]+/)
    .filter(Boolean)
    .map((word) => word.toLowerCase());
}

function singular(word: string): string {
  if (/(?:ss|us|is|news)$/.test(word)) return word;
  if (/ies$/.test(word)) return `${word.slice(0, -3)}y`;
  if (/(?:ches|shes|sses|xes|zes)$/.test(word)) return word.slice(0, -2);
  return word.replace(/s$/, '');
}
