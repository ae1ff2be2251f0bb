/** Drifts seeded into tsoa. */

import type { Category, Edit, Mutation } from '../mutation.ts';

const src = 'server/src';
const books = `${src}/controllers/books.ts`;
const lending = `${src}/controllers/lending.ts`;
const account = `${src}/controllers/account.ts`;

function drift(category: Category, name: string, edit: Edit, ...expect: readonly string[]): Mutation {
  return { name, category, edits: [edit], expect };
}

export const tsoaMutations: readonly Mutation[] = [
  drift(
    'operations',
    'a method has no decorator',
    { file: books, from: "  @Get('popular')\n", to: '' },
    'http/unimplemented-operation GET /books/popular',
  ),
  drift(
    'operations',
    'a method is new',
    {
      file: books,
      from: "  @Deprecated()\n  @Get('popular')\n",
      to: "  @Get('newest')\n  public listNewestBooks(): Promise<Book[]> {\n    return books.popularBooks(1);\n  }\n\n  @Deprecated()\n  @Get('popular')\n",
    },
    'http/undocumented-operation GET /books/newest',
  ),
  drift(
    'paths and methods',
    'a path is misspelt',
    { file: account, from: "'logout'", to: "'logut'" },
    'http/path-typo POST /auth/logout',
  ),
  drift(
    'paths and methods',
    'all is mounted elsewhere',
    { file: 'server/tsoa.json', after: '"routes"', from: '"basePath": "/v1"', to: '"basePath": "/api/v1"' },
    'http/base-path',
  ),
  drift(
    'parameters',
    'a query parameter is called differently',
    { file: books, from: '@Query() language?', to: "@Query('lang') language?" },
    'http/undocumented-parameter GET /books',
    'http/unread-parameter GET /books',
  ),
  drift(
    'parameters',
    'a query parameter must be there',
    { file: `${src}/controllers/members.ts`, from: '@Query() paid?: boolean', to: '@Query() paid: boolean' },
    'http/parameter-required GET /members/{memberId}/fines',
  ),
  drift(
    'parameters',
    'a value is not taken',
    { file: books, from: "'title' | 'publishedOn' | 'rating'", to: "'title' | 'rating'" },
    'http/parameter-enum GET /books',
  ),
  drift(
    'parameters',
    'a header is called differently',
    { file: lending, from: "'Idempotency-Key'", to: "'X-Request-Key'" },
    'http/undocumented-parameter POST /loans',
    'http/unread-parameter POST /loans',
  ),
  drift(
    'request bodies',
    'a field is called differently',
    { file: `${src}/inputs.ts`, from: 'note?: string;', to: 'remark?: string;' },
    'http/renamed-field POST /loans/{loanId}/return',
  ),
  drift(
    'request bodies',
    'a field must be there',
    { file: `${src}/inputs.ts`, after: 'interface NewReview', from: 'text?: string;', to: 'text: string;' },
    'http/request-required POST /books/{bookId}/reviews',
  ),
  drift(
    'request bodies',
    'a number is a text',
    { file: `${src}/inputs.ts`, after: 'interface NewReview', from: 'stars: number;', to: 'stars: string;' },
    'http/request-type POST /books/{bookId}/reviews',
  ),
  drift(
    'request bodies',
    'a body is not read',
    {
      file: `${src}/controllers/members.ts`,
      from: '@Body() input: NewAddress',
      to: '@Inject() input: NewAddress',
    },
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
    { file: books, from: "@SuccessResponse(201, 'Created')", to: "@SuccessResponse(200, 'Created')" },
    'http/success-status POST /books',
  ),
  drift(
    'statuses',
    'the usual success',
    { file: lending, from: "  @SuccessResponse(202, 'In the queue')\n", to: '' },
    'http/success-status POST /holds',
  ),
  drift(
    'statuses',
    'a body in place of none',
    {
      file: lending,
      from: 'Promise<void> {\n    await lending.cancelHold(request.caller, holdId);',
      to: 'Promise<{ cancelled: boolean }> {\n    await lending.cancelHold(request.caller, holdId);\n    return { cancelled: true };',
    },
    'http/success-status DELETE /holds/{holdId}',
  ),
  drift(
    'statuses',
    'another status is set',
    { file: books, from: 'this.setStatus(301)', to: 'this.setStatus(302)' },
    'http/success-status GET /books/isbn/{isbn}',
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
    'statuses',
    'a service no longer throws',
    {
      file: `${src}/services/books.ts`,
      from: "  if (lent) throw new ConflictError('A copy of this book is lent.');\n",
      to: '',
    },
    'http/unsent-status DELETE /books/{bookId}',
  ),
  drift(
    'media types',
    'another picture',
    { file: books, from: "'Content-Type', 'image/jpeg'", to: "'Content-Type', 'image/webp'" },
    'http/media-type GET /books/{bookId}/cover',
  ),
  drift(
    'security',
    'a guard is gone',
    {
      file: books,
      from: "  @Security('bearer', ['librarian'])\n  @SuccessResponse(201, 'Created')\n",
      to: "  @SuccessResponse(201, 'Created')\n",
    },
    'http/unenforced-security POST /books',
  ),
  drift(
    'security',
    'a guard of a class is gone',
    {
      file: lending,
      from: "@Security('bearer')\nexport class HoldController",
      to: 'export class HoldController',
    },
    'http/unenforced-security DELETE /holds/{holdId}',
    'http/unenforced-security GET /holds',
    'http/unenforced-security POST /holds',
  ),
  drift(
    'security',
    'a guard stands in front of more',
    { file: books, from: "  @Get('{bookId}')", to: "  @Security('bearer')\n  @Get('{bookId}')" },
    'http/undocumented-security GET /books/{bookId}',
  ),
];
