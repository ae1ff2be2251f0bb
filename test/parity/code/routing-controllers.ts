/** Drifts seeded into routing-controllers. */

import type { Category, Edit, Mutation } from '../mutation.ts';

const src = 'server/src';
const books = `${src}/controllers/books.ts`;
const lending = `${src}/controllers/lending.ts`;
const account = `${src}/controllers/account.ts`;

function drift(category: Category, name: string, edit: Edit, ...expect: readonly string[]): Mutation {
  return { name, category, edits: [edit], expect };
}

export const routingControllersMutations: readonly Mutation[] = [
  drift(
    'operations',
    'a method has no decorator',
    { file: books, from: "  @Get('/popular')\n", to: '' },
    'http/unimplemented-operation GET /books/popular',
  ),
  drift(
    'operations',
    'a method is new',
    {
      file: books,
      from: "  @Get('/popular')\n",
      to: "  @Get('/newest')\n  listNewestBooks() {\n    return this.books.popular(1);\n  }\n\n  @Get('/popular')\n",
    },
    'http/undocumented-operation GET /books/newest',
  ),
  drift(
    'paths and methods',
    'a path is misspelt',
    { file: account, from: "'/logout'", to: "'/logut'" },
    'http/path-typo POST /auth/logout',
  ),
  drift(
    'paths and methods',
    'another method',
    { file: account, from: '@Patch()', to: '@Put()' },
    'http/unimplemented-operation PATCH /me',
  ),
  drift(
    'paths and methods',
    'all is mounted elsewhere',
    { file: `${src}/app.ts`, from: "routePrefix: '/v1'", to: "routePrefix: '/api/v1'" },
    'http/base-path',
  ),
  drift(
    'parameters',
    'a query parameter is called differently',
    { file: `${src}/dto/books.ts`, from: 'language?: Language;', to: 'lang?: Language;' },
    'http/undocumented-parameter GET /books',
    'http/unread-parameter GET /books',
  ),
  drift(
    'parameters',
    'a header is called differently',
    { file: lending, from: "'Idempotency-Key'", to: "'X-Request-Key'" },
    'http/undocumented-parameter POST /loans',
    'http/unread-parameter POST /loans',
  ),
  drift(
    'parameters',
    'a cookie is called differently',
    { file: books, from: "CookieParam('branch')", to: "CookieParam('site')" },
    'http/undocumented-parameter GET /books',
    'http/unread-parameter GET /books',
  ),
  drift(
    'parameters',
    'a number has another limit',
    { file: `${src}/dto/books.ts`, from: '@Max(50)', to: '@Max(20)' },
    'http/parameter-limits GET /books/popular',
  ),
  drift(
    'request bodies',
    'a field is called differently',
    { file: `${src}/dto/lending.ts`, from: 'note?: string;', to: 'notes?: string;' },
    'http/renamed-field POST /loans/{loanId}/return',
  ),
  drift(
    'request bodies',
    'a value is not taken',
    { file: `${src}/dto/members.ts`, from: "@IsIn(['card', 'cash'])", to: "@IsIn(['card'])" },
    'http/request-enum POST /fines/{fineId}/payments',
  ),
  drift(
    'request bodies',
    'a field must be there',
    { file: `${src}/dto/reviews.ts`, from: '  @IsOptional()\n', to: '' },
    'http/request-required POST /books/{bookId}/reviews',
  ),
  drift(
    'request bodies',
    'a body is not read',
    { file: `${src}/controllers/members.ts`, from: '@Body() input: AddressDto', to: 'input: AddressDto' },
    'http/unread-body PUT /members/{memberId}/address',
  ),
  drift(
    'responses',
    'a type of an answer has a field more',
    {
      file: `${src}/models.ts`,
      from: 'export interface Hold {\n',
      to: 'export interface Hold {\n  branch: string;\n',
    },
    'http/undocumented-response-field GET /holds',
    'http/undocumented-response-field POST /holds',
  ),
  drift(
    'statuses',
    'another success',
    { file: books, from: '@HttpCode(201)', to: '@HttpCode(200)' },
    'http/success-status POST /books',
  ),
  drift(
    'statuses',
    'the usual success',
    { file: lending, from: '  @HttpCode(202)\n', to: '' },
    'http/success-status POST /holds',
  ),
  drift(
    'statuses',
    'nothing is sent as not found',
    { file: lending, from: '  @OnUndefined(204)\n', to: '' },
    'http/unsent-status DELETE /holds/{holdId}',
  ),
  drift(
    'statuses',
    'another redirect',
    { file: books, from: 'response.redirect(301, ', to: 'response.redirect(' },
    'http/success-status GET /books/isbn/{isbn}',
  ),
  drift(
    'statuses',
    'a service throws something new',
    {
      file: `${src}/services/lending.ts`,
      after: 'cancelHold',
      from: '    const count',
      to: "    if (id === caller.id) throw new ConflictError('You cannot.');\n    const count",
    },
    'http/undocumented-status DELETE /holds/{holdId}',
  ),
  drift(
    'statuses',
    'a service no longer throws',
    {
      file: `${src}/services/books.ts`,
      from: "    if (lent) throw new ConflictError('A copy of this book is lent.');\n",
      to: '',
    },
    'http/unsent-status DELETE /books/{bookId}',
  ),
  drift(
    'media types',
    'another picture',
    { file: books, from: "@ContentType('image/jpeg')", to: "@ContentType('image/webp')" },
    'http/media-type GET /books/{bookId}/cover',
  ),
  drift(
    'security',
    'a guard is gone',
    { file: books, from: "  @Authorized('librarian')\n  @Post()", to: '  @Post()' },
    'http/unenforced-security POST /books',
  ),
  drift(
    'security',
    'a guard of a class is gone',
    { file: lending, from: '@Authorized()\n@JsonController', to: '@JsonController' },
    'http/unenforced-security DELETE /holds/{holdId}',
    'http/unenforced-security GET /holds',
    'http/unenforced-security POST /holds',
  ),
  drift(
    'security',
    'a guard stands in front of more',
    { file: books, from: "  @Get('/isbn/:isbn')", to: "  @Authorized()\n  @Get('/isbn/:isbn')" },
    'http/undocumented-security GET /books/isbn/{isbn}',
  ),
];
