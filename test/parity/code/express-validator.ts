/** Drifts seeded into Express with express-validator. */

import type { Category, Edit, Mutation } from '../mutation.ts';

const src = 'server/src';

function drift(category: Category, name: string, edit: Edit, ...expect: readonly string[]): Mutation {
  return { name, category, edits: [edit], expect };
}

export const expressValidatorMutations: readonly Mutation[] = [
  drift(
    'parameters',
    'a query parameter is called differently',
    { file: `${src}/validators/books.ts`, from: "query('language')", to: "query('lang')" },
    'http/undocumented-parameter GET /books',
    'http/unread-parameter GET /books',
  ),
  drift(
    'parameters',
    'a number has another limit',
    {
      file: `${src}/validators/books.ts`,
      from: 'isInt({ min: 1, max: 50 })',
      to: 'isInt({ min: 1, max: 20 })',
    },
    'http/parameter-limits GET /books/popular',
  ),
  drift(
    'parameters',
    'a value is not taken',
    {
      file: `${src}/validators/books.ts`,
      from: "isIn(['title', 'publishedOn', 'rating'])",
      to: "isIn(['title', 'rating'])",
    },
    'http/parameter-enum GET /books',
  ),
  drift(
    'request bodies',
    'a field must be there',
    { file: `${src}/validators/reviews.ts`, from: "body('text').optional()", to: "body('text')" },
    'http/request-required POST /books/{bookId}/reviews',
  ),
  drift(
    'request bodies',
    'a text is shorter',
    {
      file: `${src}/validators/books.ts`,
      from: 'isLength({ min: 1, max: 200 })',
      to: 'isLength({ min: 1, max: 100 })',
    },
    'http/request-limits POST /books',
    'http/request-limits PUT /books/{bookId}',
  ),
  drift(
    'statuses',
    'another success',
    { file: `${src}/controllers/books.ts`, from: 'res.status(201)', to: 'res.status(200)' },
    'http/success-status POST /books',
  ),
  drift(
    'statuses',
    'a service throws something new',
    {
      file: `${src}/services/lending.ts`,
      after: 'function cancelHold',
      from: '  const count',
      to: "  if (id === caller.id) throw new ConflictError('You cannot.');\n  const count",
    },
    'http/undocumented-status DELETE /holds/{holdId}',
  ),
  drift(
    'security',
    'a guard is gone',
    { file: `${src}/routes/books.ts`, from: '.post(librarian, ', to: '.post(' },
    'http/unenforced-security POST /books',
  ),
];
