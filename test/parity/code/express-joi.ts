/** Drifts seeded into Express with Joi in JavaScript. */

import type { Category, Edit, Mutation } from '../mutation.ts';

const src = 'server/src';
const lending = `${src}/services/lending.service.js`;

function drift(category: Category, name: string, edit: Edit, ...expect: readonly string[]): Mutation {
  return { name, category, edits: [edit], expect };
}

export const expressJoiMutations: readonly Mutation[] = [
  drift(
    'operations',
    'a route is gone',
    { file: `${src}/routes/book.route.js`, from: "router.get('/popular'", until: 'router.get(', to: '' },
    'http/unimplemented-operation GET /books/popular',
  ),
  drift(
    'operations',
    'a method of a chain is gone',
    {
      file: `${src}/routes/book.route.js`,
      from: "\n  .delete(auth('librarian'), validate(copies.removeCopy), copy.removeCopy)",
      to: '',
    },
    'http/unimplemented-operation DELETE /books/{bookId}/copies/{copyId}',
  ),
  drift(
    'paths and methods',
    'a line of a table says something else',
    { file: `${src}/routes/index.js`, from: "path: '/authors'", to: "path: '/author'" },
    'http/path-typo GET /authors',
    'http/path-typo GET /authors/{authorId}',
    'http/path-typo PATCH /authors/{authorId}',
    'http/path-typo POST /authors',
  ),
  drift(
    'parameters',
    'a query parameter is called differently',
    { file: `${src}/validations/members.js`, from: 'q: Joi.string()', to: 'query: Joi.string()' },
    // The service still looks for `q`, which is refused.
    'http/undocumented-parameter GET /members',
    'http/unread-parameter GET /members',
  ),
  drift(
    'parameters',
    'a number has another limit',
    { file: `${src}/validations/books.js`, from: '.max(50).default(10)', to: '.max(20).default(10)' },
    'http/parameter-limits GET /books/popular',
  ),
  drift(
    'request bodies',
    'a field is called differently',
    { file: `${src}/validations/lending.js`, from: 'note: Joi', to: 'remark: Joi' },
    'http/renamed-field POST /loans/{loanId}/return',
  ),
  drift(
    'request bodies',
    'a field must be there',
    {
      file: `${src}/validations/reviews.js`,
      from: 'text: Joi.string().max(2000)',
      to: 'text: Joi.string().max(2000).required()',
    },
    'http/request-required POST /books/{bookId}/reviews',
  ),
  drift(
    'request bodies',
    'a value is not taken',
    { file: `${src}/validations/members.js`, from: "valid('card', 'cash')", to: "valid('card')" },
    'http/request-enum POST /fines/{fineId}/payments',
  ),
  drift(
    'responses',
    'a field is called differently',
    {
      file: `${src}/services/author.service.js`,
      from: 'biography: row.biography || null',
      to: 'biographie: row.biography || null',
    },
    'http/renamed-field GET /authors',
    'http/renamed-field GET /authors/{authorId}',
    'http/renamed-field PATCH /authors/{authorId}',
    'http/renamed-field POST /authors',
  ),
  drift(
    'statuses',
    'another success',
    { file: `${src}/controllers/book.controller.js`, from: 'httpStatus.CREATED', to: 'httpStatus.OK' },
    'http/success-status POST /books',
  ),
  drift(
    'statuses',
    'a service throws something new',
    {
      file: lending,
      after: 'const cancelHold',
      from: '  const count',
      to: "  if (id === caller.id) throw new ApiError(httpStatus.CONFLICT, 'You cannot.');\n  const count",
    },
    'http/undocumented-status DELETE /holds/{holdId}',
  ),
  drift(
    'statuses',
    'a service no longer throws',
    {
      file: `${src}/services/book.service.js`,
      from: "  if (lent) throw new ApiError(httpStatus.CONFLICT, 'A copy of this book is lent.');\n",
      to: '',
    },
    'http/unsent-status DELETE /books/{bookId}',
  ),
  drift(
    'security',
    'a guard is gone',
    { file: `${src}/routes/author.route.js`, from: ".post(auth('librarian'), ", to: '.post(' },
    'http/unenforced-security POST /authors',
  ),
  drift(
    'security',
    'a guard stands in front of more',
    {
      file: `${src}/routes/book.route.js`,
      from: "'/isbn/:isbn', validate",
      to: "'/isbn/:isbn', auth(), validate",
    },
    'http/undocumented-security GET /books/isbn/{isbn}',
  ),
  drift(
    'security',
    'callers without a token pass',
    {
      file: `${src}/middleware/auth.js`,
      from: "    return reject(new ApiError(httpStatus.UNAUTHORIZED, 'Sign in first.'));",
      to: '    return resolve();',
    },
    'http/unenforced-security',
  ),
  drift('no drift', 'a wrapper waits', {
    file: `${src}/utils/catchAsync.js`,
    from: 'Promise.resolve(handler(req, res, next)).catch((error) => next(error));',
    to: 'Promise.resolve(handler(req, res, next)).catch(next);',
  }),
  drift('no drift', 'an async wrapper', {
    file: `${src}/utils/catchAsync.js`,
    from: 'const catchAsync = (handler) => (req, res, next) => {\n  Promise.resolve(handler(req, res, next)).catch((error) => next(error));\n};',
    to: 'const catchAsync = (handler) => async (req, res, next) => {\n  try {\n    await handler(req, res, next);\n  } catch (error) {\n    next(error);\n  }\n};',
  }),
];
