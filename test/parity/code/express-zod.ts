/** Drifts seeded into Express with Zod. */

import type { Category, Edit, Mutation } from '../mutation.ts';

const src = 'server/src';
const bookRoutes = `${src}/routes/books.ts`;
const authorRoutes = `${src}/routes/authors.ts`;
const lendingRoutes = `${src}/routes/lending.ts`;
const accountRoutes = `${src}/routes/account.ts`;
const memberRoutes = `${src}/routes/members.ts`;

function drift(category: Category, name: string, edit: Edit, ...expect: readonly string[]): Mutation {
  return { name, category, edits: [edit], expect };
}

/** Operations that may answer 409. */
const conflicting = [
  'DELETE /books/{bookId}',
  'DELETE /books/{bookId}/copies/{copyId}',
  'POST /books',
  'POST /books/{bookId}/reviews',
  'POST /fines/{fineId}/payments',
  'POST /holds',
  'POST /loans',
  'POST /loans/{loanId}/renew',
  'POST /loans/{loanId}/return',
  'POST /members',
  'PUT /books/{bookId}',
];

export const expressZodMutations: readonly Mutation[] = [
  drift(
    'responses',
    'a total is sent as a header',
    {
      file: `${src}/controllers/authors.ts`,
      from: 'res.json(await authors.listAuthors(query));',
      to: "res.setHeader('X-Total-Count', '1');\n  res.json(await authors.listAuthors(query));",
    },
    'http/undocumented-header GET /authors',
  ),
  drift(
    'operations',
    'a route is gone',
    { file: bookRoutes, from: "bookRoutes.get('/popular'", until: 'bookRoutes.get(', to: '' },
    'http/unimplemented-operation GET /books/popular',
  ),
  drift(
    'operations',
    'a method of a chain is gone',
    {
      file: bookRoutes,
      from: '\n  .delete(librarian, validate({ params: bookParams }), books.deleteBook)',
      to: '',
    },
    'http/unimplemented-operation DELETE /books/{bookId}',
  ),
  drift(
    'operations',
    'a router is not mounted',
    { file: `${src}/routes/index.ts`, from: "routes.use('/reviews', reviewRoutes);\n", to: '' },
    'http/unimplemented-operation DELETE /reviews/{reviewId}',
  ),
  drift(
    'operations',
    'a route is commented out',
    { file: `${src}/routes/index.ts`, from: "routes.get('/health'", to: "// routes.get('/health'" },
    'http/unimplemented-operation GET /health',
  ),
  drift(
    'operations',
    'a route is new',
    {
      file: authorRoutes,
      from: "authorRoutes.get('/:authorId'",
      to: "authorRoutes.delete('/:authorId', librarian, authors.getAuthor);\nauthorRoutes.get('/:authorId'",
    },
    'http/undocumented-operation DELETE /authors/{authorId}',
  ),
  drift(
    'operations',
    'a route is new in a router with a guard',
    {
      file: lendingRoutes,
      from: "holds.get('/'",
      to: "holds.get('/count', lending.listHolds);\nholds.get('/'",
    },
    'http/undocumented-operation GET /holds/count',
  ),
  drift(
    'paths and methods',
    'a path is misspelt',
    { file: accountRoutes, from: "'/auth/logout'", to: "'/auth/logut'" },
    'http/path-typo POST /auth/logout',
  ),
  drift(
    'paths and methods',
    'a router is mounted elsewhere',
    { file: `${src}/routes/index.ts`, from: "'/authors'", to: "'/author'" },
    'http/path-typo GET /authors',
    'http/path-typo GET /authors/{authorId}',
    'http/path-typo PATCH /authors/{authorId}',
    'http/path-typo POST /authors',
  ),
  drift(
    'paths and methods',
    'another method',
    { file: accountRoutes, from: "accountRoutes.patch('/me'", to: "accountRoutes.put('/me'" },
    'http/method-mismatch PATCH /me',
  ),
  drift(
    'paths and methods',
    'a path parameter has another name',
    { file: `${src}/routes/reviews.ts`, from: "'/:reviewId'", to: "'/:id'" },
    'http/parameter-name DELETE /reviews/{reviewId}',
  ),
  drift(
    'paths and methods',
    'all is mounted elsewhere',
    { file: `${src}/app.ts`, from: "'/v1'", to: "'/api/v1'" },
    'http/base-path',
  ),
  drift(
    'parameters',
    'a query parameter is called differently',
    { file: `${src}/schemas/lending.ts`, from: 'extend({ status:', to: 'extend({ state:' },
    'http/undocumented-parameter GET /loans',
    'http/unread-parameter GET /loans',
  ),
  drift(
    'parameters',
    'a query parameter is new',
    {
      file: `${src}/schemas/authors.ts`,
      from: 'name: z.string().optional() }',
      to: 'name: z.string().optional(), born: z.string().optional() }',
    },
    'http/undocumented-parameter GET /authors',
  ),
  drift(
    'parameters',
    'a query parameter is gone',
    {
      file: `${src}/schemas/members.ts`,
      from: "  status: z.enum(['active', 'suspended']).optional(),\n",
      to: '',
    },
    'http/unread-parameter GET /members',
  ),
  drift(
    'parameters',
    'a handler reads a header',
    {
      file: `${src}/controllers/reports.ts`,
      from: '  const table',
      to: "  if (req.header('X-Separator')) res.vary('X-Separator');\n  const table",
    },
    'http/undocumented-parameter GET /reports/loans.csv',
  ),
  drift(
    'parameters',
    'a cookie is called differently',
    { file: `${src}/controllers/books.ts`, from: 'req.cookies.branch', to: 'req.cookies.site' },
    'http/undocumented-parameter GET /books',
    'http/unread-parameter GET /books',
  ),
  drift(
    'statuses',
    'another success',
    { file: `${src}/controllers/books.ts`, from: 'res.status(201)', to: 'res.status(200)' },
    'http/success-status POST /books',
  ),
  drift(
    'statuses',
    'the usual success',
    { file: `${src}/controllers/lending.ts`, from: 'res.status(202).json', to: 'res.json' },
    'http/success-status POST /holds',
  ),
  drift(
    'statuses',
    'a body in place of none',
    {
      file: `${src}/controllers/reviews.ts`,
      from: 'res.status(204).end()',
      to: 'res.json({ deleted: true })',
    },
    'http/success-status DELETE /reviews/{reviewId}',
  ),
  drift(
    'statuses',
    'another redirect',
    { file: `${src}/controllers/books.ts`, from: 'res.redirect(301, ', to: 'res.redirect(' },
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
      file: `${src}/services/members.ts`,
      from: "  if (other) throw new ConflictError('There is a member with this address.');\n",
      to: '',
    },
    'http/unsent-status POST /members',
  ),
  drift(
    'statuses',
    'nothing is missing any more',
    {
      file: `${src}/services/reports.ts`,
      from: "  if (!report) throw new NotFoundError('Report');\n",
      to: '',
    },
    'http/unsent-status GET /reports/{reportId}',
  ),
  drift(
    'statuses',
    'conflicts have another status',
    { file: `${src}/errors.ts`, from: 'super(409,', to: 'super(422,' },
    ...conflicting.flatMap((operation) => [
      `http/undocumented-status ${operation}`,
      `http/unsent-status ${operation}`,
    ]),
  ),
  drift(
    'media types',
    'text in place of JSON',
    {
      file: `${src}/controllers/authors.ts`,
      from: 'res.json(await authors.getAuthor(authorId))',
      to: "res.type('text/plain').send(JSON.stringify(await authors.getAuthor(authorId)))",
    },
    'http/media-type GET /authors/{authorId}',
  ),
  drift(
    'media types',
    'another picture',
    { file: `${src}/controllers/books.ts`, from: "'image/jpeg'", to: "'image/webp'" },
    'http/media-type GET /books/{bookId}/cover',
  ),
  drift(
    'request bodies',
    'a body is read that nobody sends',
    {
      file: lendingRoutes,
      from: "loans.post('/:loanId/renew', validate({ params: loanParams })",
      to: "loans.post('/:loanId/renew', validate({ params: loanParams, body: newHold })",
    },
    'http/undocumented-body POST /loans/{loanId}/renew',
  ),
  drift(
    'request bodies',
    'a body is not read',
    {
      file: memberRoutes,
      from: 'validate({ params: memberParams, body: address })',
      to: 'validate({ params: memberParams })',
    },
    'http/unread-body PUT /members/{memberId}/address',
  ),
  drift(
    'security',
    'a guard is gone',
    { file: authorRoutes, from: "authorRoutes.post('/', librarian, ", to: "authorRoutes.post('/', " },
    'http/unenforced-security POST /authors',
  ),
  drift(
    'security',
    'a guard of a router is gone',
    { file: `${src}/routes/reports.ts`, from: 'reportRoutes.use(requireApiKey);\n', to: '' },
    'http/unenforced-security GET /reports/loans.csv',
    'http/unenforced-security GET /reports/{reportId}',
    'http/unenforced-security POST /reports',
  ),
  drift(
    'security',
    'a guard stands in front of more',
    {
      file: `${src}/routes/copies.ts`,
      from: "copyRoutes.get('/', validate",
      to: "copyRoutes.get('/', authenticate, validate",
    },
    'http/undocumented-security GET /books/{bookId}/copies',
  ),
  drift(
    'security',
    'a guard lets everybody pass',
    {
      file: `${src}/middleware/auth.ts`,
      after: 'requireApiKey',
      from: "throw new UnauthorizedError('The API key is not valid.');",
      to: "console.warn('No key.');",
    },
    'http/unenforced-security GET /reports/loans.csv',
    'http/unenforced-security GET /reports/{reportId}',
    'http/unenforced-security POST /reports',
  ),
  drift('no drift', 'a handler is moved into the route', {
    file: `${src}/routes/index.ts`,
    from: "routes.get('/health', getHealth)",
    to: "routes.get('/health', (req, res) => getHealth(req, res))",
  }),
  drift('no drift', 'a route is written in capitals', {
    file: accountRoutes,
    from: "'/me/notifications',",
    to: "'/me/Notifications',",
  }),
  drift('no drift', 'a logger stands in front', {
    file: `${src}/app.ts`,
    from: 'app.use(helmet());',
    to: 'app.use(helmet());\napp.use((req, res, next) => {\n  console.log(req.method, req.path);\n  next();\n});',
  }),
  drift('no drift', 'a variable in between', {
    file: `${src}/controllers/books.ts`,
    from: 'res.status(201).json(await books.createBook(input));',
    to: 'const book = await books.createBook(input);\n  const created = 201;\n  res.status(created).json(book);',
  }),
  drift('no drift', 'a route that only the framework sees', {
    file: `${src}/app.ts`,
    from: "app.use('/v1', routes);",
    to: "app.use('/v1', routes);\napp.use('/docs', express.static('docs'));",
  }),
];
