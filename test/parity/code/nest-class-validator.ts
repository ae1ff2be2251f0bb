/** Drifts seeded into Nest with class-validator. */

import type { Category, Edit, Mutation } from '../mutation.ts';

const src = 'server/src';
const books = `${src}/books/books.controller.ts`;
const copies = `${src}/books/copies.controller.ts`;
const reviews = `${src}/books/reviews.controller.ts`;
const authors = `${src}/authors/authors.controller.ts`;
const loans = `${src}/lending/loans.controller.ts`;
const holds = `${src}/lending/holds.controller.ts`;
const members = `${src}/members/members.controller.ts`;
const reports = `${src}/reports/reports.controller.ts`;

/** `importing` is a line on top of the file. */
function drift(
  category: Category,
  name: string,
  { importing, ...edit }: Edit & { readonly importing?: string },
  ...expect: readonly string[]
): Mutation {
  const { file } = edit;
  const imported: Edit[] =
    importing === undefined ? [] : [{ file, from: 'import ', to: `${importing}\nimport ` }];
  return { name, category, edits: [...imported, edit], expect };
}

/** Operations whose input only the pipe of the whole application validates. */
const validated = [
  'GET /authors',
  'GET /books',
  'GET /books/isbn/{isbn}',
  'GET /books/popular',
  'GET /loans',
  'GET /me/notifications',
  'GET /members',
  'GET /reports/loans.csv',
  'PATCH /me',
  'POST /auth/login',
  'POST /authors',
  'POST /books',
  'POST /holds',
  'POST /me/notifications/read',
  'POST /members',
  'POST /reports',
];

/** Operations whose input is validated by it and, as far as ids and keys go, by others. */
const validatedToo = [
  'GET /books/{bookId}/reviews',
  'GET /members/{memberId}/fines',
  'PATCH /authors/{authorId}',
  'PATCH /books/{bookId}/copies/{copyId}',
  'POST /books/{bookId}/copies',
  'POST /books/{bookId}/reviews',
  'POST /fines/{fineId}/payments',
  'POST /loans',
  'POST /loans/{loanId}/return',
  'PUT /books/{bookId}',
  'PUT /books/{bookId}/cover',
  'PUT /members/{memberId}/address',
];

export const nestClassValidatorMutations: readonly Mutation[] = [
  drift(
    'responses',
    'the next page is a header',
    {
      file: authors,
      importing: "import { Header } from '@nestjs/common';",
      from: '@Get()\n  listAuthors',
      to: "@Get()\n  @Header('Link', '</authors>; rel=next')\n  listAuthors",
    },
    'http/undocumented-header GET /authors',
  ),
  drift(
    'operations',
    'a method has no decorator',
    { file: copies, from: "  @Patch(':copyId')\n", to: '' },
    'http/unimplemented-operation PATCH /books/{bookId}/copies/{copyId}',
  ),
  drift(
    'operations',
    'a controller is in no module',
    {
      file: `${src}/books/books.module.ts`,
      from: 'CopiesController, ReviewsController]',
      to: 'CopiesController]',
    },
    'http/unimplemented-operation DELETE /reviews/{reviewId}',
    'http/unimplemented-operation GET /books/{bookId}/reviews',
    'http/unimplemented-operation POST /books/{bookId}/reviews',
  ),
  drift(
    'operations',
    'a module is not imported',
    { file: `${src}/app.module.ts`, after: 'imports: [', from: '    LendingModule,\n', to: '' },
    'http/unimplemented-operation DELETE /holds/{holdId}',
    'http/unimplemented-operation GET /holds',
    'http/unimplemented-operation GET /loans',
    'http/unimplemented-operation GET /loans/{loanId}',
    'http/unimplemented-operation POST /holds',
    'http/unimplemented-operation POST /loans',
    'http/unimplemented-operation POST /loans/{loanId}/renew',
    'http/unimplemented-operation POST /loans/{loanId}/return',
  ),
  drift(
    'operations',
    'a method is new',
    {
      file: authors,
      from: "  @Roles('librarian')\n  @Post()",
      to: "  @Roles('librarian')\n  @Post('merge')\n  mergeAuthors(): Promise<void> {\n    return this.authors.merge();\n  }\n\n  @Roles('librarian')\n  @Post()",
    },
    'http/undocumented-operation POST /authors/merge',
  ),
  drift(
    'operations',
    'a method answers at a second address',
    { file: books, from: "@Get('popular')", to: "@Get(['popular', 'trending'])" },
    'http/undocumented-operation GET /books/trending',
  ),
  drift(
    'paths and methods',
    'a path is misspelt',
    { file: reviews, from: "@Delete('reviews/:reviewId')", to: "@Delete('review/:reviewId')" },
    'http/path-typo DELETE /reviews/{reviewId}',
  ),
  drift(
    'paths and methods',
    'another method',
    {
      file: `${src}/account/me.controller.ts`,
      importing: "import { Put } from '@nestjs/common';",
      from: '  @Patch()',
      to: '  @Put()',
    },
    'http/method-mismatch PATCH /me',
  ),
  drift(
    'paths and methods',
    'a path parameter has another name',
    { file: holds, from: "@Delete(':holdId')", to: "@Delete(':id')" },
    'http/parameter-name DELETE /holds/{holdId}',
  ),
  drift(
    'paths and methods',
    'another global prefix',
    { file: `${src}/main.ts`, from: "setGlobalPrefix('v1')", to: "setGlobalPrefix('api/v1')" },
    'http/base-path',
  ),
  drift(
    'paths and methods',
    'a controller has another prefix',
    { file: authors, from: "@Controller('authors')", to: "@Controller('author')" },
    'http/path-typo GET /authors',
    'http/path-typo GET /authors/{authorId}',
    'http/path-typo PATCH /authors/{authorId}',
    'http/path-typo POST /authors',
  ),
  drift(
    'parameters',
    'a field of a query is called differently',
    {
      file: `${src}/lending/dto/lending.dto.ts`,
      from: "  status?: Loan['status'];",
      to: "  state?: Loan['status'];",
    },
    'http/undocumented-parameter GET /loans',
    'http/unread-parameter GET /loans',
  ),
  drift(
    'parameters',
    'a field of a query is new',
    {
      file: `${src}/authors/dto/author.dto.ts`,
      from: '  name?: string;\n',
      to: '  name?: string;\n\n  @IsOptional()\n  @IsString()\n  country?: string;\n',
    },
    'http/undocumented-parameter GET /authors',
  ),
  drift(
    'parameters',
    'a field of a query is gone',
    {
      file: `${src}/members/dto/member.dto.ts`,
      from: "  @IsOptional()\n  @IsIn(['active', 'suspended'])\n  status?: Member['status'];\n",
      to: '',
    },
    'http/unread-parameter GET /members',
  ),
  drift(
    'parameters',
    'a parameter of its own is new',
    {
      file: reports,
      from: '@Query() { from, to }: ExportQueryDto)',
      to: "@Query() { from, to }: ExportQueryDto, @Query('separator') separator?: string)",
    },
    'http/undocumented-parameter GET /reports/loans.csv',
  ),
  drift(
    'parameters',
    'a cookie is called differently',
    { file: books, from: "@Cookie('branch')", to: "@Cookie('site')" },
    'http/undocumented-parameter GET /books',
    'http/unread-parameter GET /books',
  ),
  drift(
    'parameters',
    'a header is called differently',
    { file: `${src}/common/decorators.ts`, from: "header('Idempotency-Key')", to: "header('X-Idempotence')" },
    'http/undocumented-parameter POST /fines/{fineId}/payments',
    'http/undocumented-parameter POST /loans',
    'http/unread-parameter POST /fines/{fineId}/payments',
    'http/unread-parameter POST /loans',
  ),
  drift(
    'statuses',
    'no status is said',
    { file: loans, after: "renew')\n", from: '  @HttpCode(HttpStatus.OK)\n', to: '' },
    'http/success-status POST /loans/{loanId}/renew',
  ),
  drift(
    'statuses',
    'another success',
    { file: holds, from: 'HttpStatus.ACCEPTED', to: 'HttpStatus.CREATED' },
    'http/success-status POST /holds',
  ),
  drift(
    'statuses',
    'another redirect',
    { file: books, from: 'HttpStatus.MOVED_PERMANENTLY', to: 'HttpStatus.TEMPORARY_REDIRECT' },
    'http/success-status GET /books/isbn/{isbn}',
  ),
  drift(
    'statuses',
    'a service throws something new',
    {
      file: `${src}/lending/lending.service.ts`,
      after: 'async cancelHold',
      from: '    const count',
      to: "    if (id === caller.id) throw new ConflictException('You cannot.');\n    const count",
    },
    'http/undocumented-status DELETE /holds/{holdId}',
  ),
  drift(
    'statuses',
    'a service no longer throws',
    {
      file: `${src}/members/members.service.ts`,
      from: "    if (other) throw new ConflictException('There is a member with this address.');\n",
      to: '',
    },
    'http/unsent-status POST /members',
  ),
  drift(
    'statuses',
    'another exception',
    {
      file: `${src}/reports/reports.service.ts`,
      importing: "import { HttpException } from '@nestjs/common';",
      from: "if (!report) throw new NotFoundException('Report not found.')",
      to: "if (!report) throw new HttpException('Report not found.', 410)",
    },
    'http/undocumented-status GET /reports/{reportId}',
    'http/unsent-status GET /reports/{reportId}',
  ),
  drift(
    'statuses',
    'validation refuses with another status',
    {
      file: `${src}/common/validation.ts`,
      importing: "import { UnprocessableEntityException } from '@nestjs/common';",
      from: 'new BadRequestException({',
      to: 'new UnprocessableEntityException({',
    },
    ...validated.map((operation) => `http/unsent-status ${operation}`),
    ...[...validated, ...validatedToo].map((operation) => `http/undocumented-status ${operation}`),
  ),
  drift(
    'media types',
    'another picture',
    { file: books, from: "'image/jpeg'", to: "'image/webp'" },
    'http/media-type GET /books/{bookId}/cover',
  ),
  drift(
    'media types',
    'no media type is said',
    { file: reports, from: "  @Header('Content-Type', 'text/csv')\n", to: '' },
    'http/media-type GET /reports/loans.csv',
  ),
  drift('media types', 'a body without a file', {
    file: books,
    from: "  @UseInterceptors(FileInterceptor('image', { limits: { fileSize: 2 * 1024 * 1024 } }))\n",
    to: '',
  }),
  drift(
    'request bodies',
    'a body is read that nobody sends',
    {
      file: loans,
      after: "renew')",
      from: "@Param('loanId', ParseUUIDPipe) loanId: string)",
      to: "@Param('loanId', ParseUUIDPipe) loanId: string, @Body() input: NewLoanDto)",
    },
    'http/undocumented-body POST /loans/{loanId}/renew',
  ),
  drift(
    'request bodies',
    'a body is not read',
    { file: members, from: '    @Body() input: AddressDto,\n', to: '' },
    'http/unread-body PUT /members/{memberId}/address',
  ),
  drift(
    'security',
    'a guard of a controller is gone',
    { file: reports, from: '@UseGuards(ApiKeyGuard)\n', to: '' },
    'http/unenforced-security GET /reports/loans.csv',
    'http/unenforced-security GET /reports/{reportId}',
    'http/unenforced-security POST /reports',
  ),
  drift(
    'security',
    'a method is public',
    {
      file: holds,
      importing: "import { Public } from '../common/decorators';",
      from: '  @Get()',
      to: '  @Public()\n  @Get()',
    },
    'http/unenforced-security GET /holds',
  ),
  drift(
    'security',
    'a method is no longer public',
    { file: copies, from: '  @Public()\n', to: '' },
    'http/undocumented-security GET /books/{bookId}/copies',
  ),
  drift(
    'security',
    'a guard stands in front of more',
    {
      file: `${src}/reports/health.controller.ts`,
      importing:
        "import { UseGuards } from '@nestjs/common';\nimport { ApiKeyGuard } from '../common/api-key.guard';",
      from: '  @Get()',
      to: '  @UseGuards(ApiKeyGuard)\n  @Get()',
    },
    'http/undocumented-security GET /health',
  ),
  drift('no drift', 'a prefix is written in the methods', {
    file: authors,
    from: "@Controller('authors')",
    to: "@Controller('/authors/')",
  }),
  drift('no drift', 'a status as a number', { file: holds, from: 'HttpStatus.ACCEPTED', to: '202' }),
  drift('no drift', 'an exception with a status', {
    file: `${src}/books/covers.service.ts`,
    importing: "import { HttpException, HttpStatus } from '@nestjs/common';",
    from: "throw new NotFoundException('Cover not found.')",
    to: "throw new HttpException('Cover not found.', HttpStatus.NOT_FOUND)",
  }),
  drift('no drift', 'a pipe with options', {
    file: authors,
    from: "@Param('authorId', ParseUUIDPipe)",
    to: "@Param('authorId', new ParseUUIDPipe({ version: '4' }))",
  }),
];
