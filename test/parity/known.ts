/** What cannot be proven of seeded drifts, and is not counted; what is not found yet, and is: both lists may only shrink. */

import type { Category, Mutation } from './mutation.ts';

/** A seeded drift of which not everything that it is elsewhere can be proven from the source of an implementation. */
interface Unprovable {
  readonly implementations: readonly string[];
  readonly category?: Category;
  readonly mutations: readonly string[];
  /** The rules of findings that nobody could make; undefined for all that are expected. */
  readonly rules?: readonly string[];
  /** What is told for them. */
  readonly instead?: Readonly<Record<string, string>>;
  readonly because: string;
}

const unprovable: readonly Unprovable[] = [
  {
    implementations: ['express-joi'],
    category: 'responses',
    mutations: [
      'a number is a text',
      'a flag is a number',
      'a text is a list',
      'null is not expected of a number',
      'a value is missing',
      'another value is missing',
      'a value is spelt differently',
      'a text has a format that dates lack',
    ],
    because: 'rows of a database come without types, and no source says what its columns hold',
  },
  {
    implementations: ['express-joi'],
    category: 'request bodies',
    mutations: ['a flag is a text'],
    rules: ['http/response-type'],
    because: 'rows of a database come without types, and no source says what its columns hold',
  },
  {
    implementations: ['express-validator'],
    category: 'request bodies',
    mutations: ['a field is new', 'a nested field is new'],
    rules: ['http/unread-field'],
    because: 'chains drop nothing, and the body goes on whole to what may read any field of it',
  },
  {
    implementations: ['express-validator'],
    category: 'request bodies',
    mutations: ['a field has another name', 'an optional field has another name'],
    instead: { 'http/renamed-field': 'http/undocumented-field' },
    because:
      'the body goes on whole, so only what the chains ask for is certain: the other name may be read as well',
  },
];

/** The mutation with what can be found of it in this implementation. */
export function provable(implementation: string, mutation: Mutation): Mutation {
  const one = unprovable.find((other) => isOf(other, implementation, mutation));
  if (!one) return mutation;
  const { rules, instead } = one;
  const expect = mutation.expect.flatMap((expected) => {
    const [rule = '', ...operation] = expected.split(' ');
    if (instead) return [instead[rule], ...operation].join(' ');
    return rules && !rules.includes(rule) ? expected : [];
  });
  return { ...mutation, expect };
}

interface Known {
  readonly implementations: readonly string[];
  /** One of its mutations with this name; undefined for all of them. */
  readonly category?: Category;
  readonly mutations: readonly string[];
  readonly because: string;
}

const known: readonly Known[] = [
  {
    implementations: ['express-zod'],
    mutations: ['a router is not mounted'],
    because: 'a router that nothing was seen to mount may be mounted by code that is not read',
  },
  {
    implementations: ['express-zod'],
    mutations: ['a guard lets everybody pass'],
    because: 'its name says that it refuses, which is reason enough to claim nothing',
  },
  {
    implementations: ['express-joi', 'express-validator'],
    mutations: ['uploadCover: JSON is taken'],
    because: 'what takes a form with files may take the same fields as JSON',
  },
];

export function isKnown(implementation: string, mutation: Mutation): boolean {
  return known.some((one) => isOf(one, implementation, mutation));
}

function isOf(
  one: Pick<Known, 'implementations' | 'category' | 'mutations'>,
  implementation: string,
  { name, category }: Mutation,
): boolean {
  return (
    one.mutations.includes(name) &&
    (one.category === undefined || one.category === category) &&
    one.implementations.includes(implementation)
  );
}
