/** Seeded drifts that are not found, or of which something else is told, with the reason: the list may only shrink. */

import type { Category, Mutation } from './mutation.ts';

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
    implementations: ['express-zod', 'express-joi', 'express-validator'],
    mutations: ['createBook: XML is taken'],
    because: 'what parsers of the whole application take is not held against single operations',
  },
  {
    implementations: ['express-joi', 'express-validator'],
    mutations: ['uploadCover: JSON is taken'],
    because: 'what takes a form with files may take the same fields as JSON',
  },
  {
    implementations: ['express-joi'],
    mutations: ['a kind of a union is gone', 'a field of a kind of a union has another name'],
    because: 'in JavaScript nobody writes down what the rows of a database are: they are sent as they come',
  },
  {
    implementations: ['express-joi'],
    category: 'responses',
    mutations: [
      'a field has another name',
      'a number is a text',
      'a flag is a number',
      'a text is a list',
      'null is not expected',
      'null is not expected of a number',
      'a value is missing',
      'another value is missing',
      'a value is spelt differently',
      'a text has a format that dates lack',
    ],
    because: 'in JavaScript nobody writes down what the columns of a database are',
  },
  {
    implementations: ['express-joi', 'express-validator'],
    category: 'request bodies',
    mutations: ['a number is a text', 'a flag is a text'],
    because: 'the validator takes numbers and flags that come as texts, so only other texts are refused',
  },
  {
    implementations: ['express-joi', 'express-validator'],
    mutations: ['days are ids'],
    because: 'ISO 8601 has more forms of dates than formats have names',
  },
  {
    implementations: ['express-validator'],
    category: 'request bodies',
    mutations: [
      'a field is new',
      'a nested field is new',
      'a field has another name',
      'an optional field has another name',
    ],
    because: 'chains drop nothing, and the body goes on whole to what may read any field of it',
  },
  {
    implementations: ['tsoa'],
    mutations: [
      'a whole number is any number',
      'another format',
      'ids are dates',
      'days are ids',
      'a text may be longer',
      'a text may be shorter',
      'a number may be larger',
      'a number may be smaller',
      'a list may be longer',
      'a list may be empty',
    ],
    because: 'limits stand in comments (`@minLength`), which are no part of what is read of a program',
  },
];

export function isKnown(implementation: string, { name, category }: Mutation): boolean {
  return known.some(
    (one) =>
      one.mutations.includes(name) &&
      (one.category === undefined || one.category === category) &&
      one.implementations.includes(implementation),
  );
}
