/** Statuses, media types and security, seeded into the contract. */

import type { Category, Mutation } from '../mutation.ts';

const account = 'api/paths/account.yaml';
const authors = 'api/paths/authors.yaml';
const books = 'api/paths/books.yaml';
const copies = 'api/paths/copies.yaml';
const health = 'api/paths/health.yaml';
const lending = 'api/paths/lending.yaml';
const members = 'api/paths/members.yaml';
const reports = 'api/paths/reports.yaml';
const reviews = 'api/paths/reviews.yaml';

function ofOperation(
  category: Category,
  name: string,
  file: string,
  operationId: string,
  [from, to, until]: readonly [from: string, to: string, until?: string],
  ...expect: readonly string[]
): Mutation {
  return {
    name: `${operationId}: ${name}`,
    category,
    edits: [
      {
        file,
        after: `operationId: ${operationId}\n`,
        from,
        to,
        ...(until !== undefined && { until }),
      },
    ],
    expect,
  };
}

function success(file: string, id: string, from: string, to: string, of: string): Mutation {
  return ofOperation(
    'statuses',
    `${to} for ${from}`,
    file,
    id,
    [`'${from}'`, `'${to}'`],
    `http/success-status ${of}`,
  );
}

function without(file: string, id: string, status: string, of: string): Mutation {
  return ofOperation(
    'statuses',
    `no ${status}`,
    file,
    id,
    [`      '${status}':\n        $ref: ../components/responses.yaml#/${names[status] ?? ''}\n`, ''],
    `http/undocumented-status ${of}`,
  );
}

const names: Readonly<Record<string, string>> = {
  '400': 'BadRequest',
  '403': 'Forbidden',
  '404': 'NotFound',
  '409': 'Conflict',
};

function withStatus(file: string, id: string, status: string, of: string): Mutation {
  return ofOperation(
    'statuses',
    `${status} too`,
    file,
    id,
    ['    responses:\n', `    responses:\n      '${status}': { description: Perhaps }\n`],
    `http/unsent-status ${of}`,
  );
}

const anyone: readonly [string, string] = [`    summary:`, `    security: []\n    summary:`];

export const statusMutations: readonly Mutation[] = [
  success(books, 'createBook', '201', '200', 'POST /books'),
  success(books, 'getBook', '200', '206', 'GET /books/{bookId}'),
  success(books, 'deleteBook', '204', '200', 'DELETE /books/{bookId}'),
  success(books, 'findBookByIsbn', '301', '302', 'GET /books/isbn/{isbn}'),
  success(lending, 'placeHold', '202', '201', 'POST /holds'),
  success(lending, 'createLoan', '201', '200', 'POST /loans'),
  success(lending, 'renewLoan', '200', '201', 'POST /loans/{loanId}/renew'),
  success(account, 'login', '200', '201', 'POST /auth/login'),
  success(reports, 'requestReport', '202', '200', 'POST /reports'),
  success(reviews, 'deleteReview', '204', '202', 'DELETE /reviews/{reviewId}'),
  without(books, 'createBook', '409', 'POST /books'),
  without(books, 'getBook', '404', 'GET /books/{bookId}'),
  without(books, 'replaceBook', '404', 'PUT /books/{bookId}'),
  without(copies, 'removeCopy', '409', 'DELETE /books/{bookId}/copies/{copyId}'),
  without(lending, 'placeHold', '409', 'POST /holds'),
  without(lending, 'cancelHold', '404', 'DELETE /holds/{holdId}'),
  without(members, 'createMember', '409', 'POST /members'),
  without(members, 'payFine', '409', 'POST /fines/{fineId}/payments'),
  without(reports, 'getReport', '404', 'GET /reports/{reportId}'),
  without(reviews, 'deleteReview', '403', 'DELETE /reviews/{reviewId}'),
  ofOperation(
    'statuses',
    'no 503',
    health,
    'getHealth',
    [
      "      '503':\n        description: It is not\n        content:\n          application/json:\n            schema:\n              $ref: ../components/schemas.yaml#/Health\n",
      '',
    ],
    'http/undocumented-status GET /health',
  ),
  withStatus(books, 'getBook', '410', 'GET /books/{bookId}'),
  withStatus(books, 'listBooks', '404', 'GET /books'),
  withStatus(account, 'updateProfile', '409', 'PATCH /me'),
  withStatus(account, 'login', '404', 'POST /auth/login'),
  withStatus(authors, 'createAuthor', '409', 'POST /authors'),
  withStatus(lending, 'listLoans', '204', 'GET /loans'),
  withStatus(lending, 'createLoan', '402', 'POST /loans'),
  withStatus(members, 'replaceAddress', '422', 'PUT /members/{memberId}/address'),
];

const json = 'application/json';

export const mediaTypeMutations: readonly Mutation[] = [
  ofOperation(
    'media types',
    'XML is sent',
    books,
    'getBook',
    [json, 'application/xml'],
    'http/media-type GET /books/{bookId}',
  ),
  ofOperation(
    'media types',
    'XML is taken',
    books,
    'createBook',
    [json, 'application/xml'],
    'http/media-type POST /books',
  ),
  ofOperation(
    'media types',
    'JSON is taken',
    books,
    'uploadCover',
    ['multipart/form-data', json],
    'http/media-type PUT /books/{bookId}/cover',
  ),
  ofOperation(
    'media types',
    'PNG is sent',
    books,
    'getCover',
    ['image/jpeg', 'image/png'],
    'http/media-type GET /books/{bookId}/cover',
  ),
  ofOperation(
    'media types',
    'JSON is sent',
    reports,
    'exportLoans',
    ['text/csv', json],
    'http/media-type GET /reports/loans.csv',
  ),
  ofOperation(
    'media types',
    'text is sent',
    health,
    'getHealth',
    [json, 'text/plain'],
    'http/media-type GET /health',
  ),
];

function opened(file: string, id: string, of: string): Mutation {
  return ofOperation('security', 'anyone may call it', file, id, anyone, `http/undocumented-security ${of}`);
}

function closed(file: string, id: string, of: string): Mutation {
  return ofOperation(
    'security',
    'a token is required',
    file,
    id,
    ['    security: []\n', ''],
    `http/unenforced-security ${of}`,
  );
}

function openedToAnyone(file: string, id: string, of: string): Mutation {
  return ofOperation(
    'security',
    'no key is required',
    file,
    id,
    ['    security:\n      - apiKey: []\n', '    security: []\n'],
    `http/undocumented-security ${of}`,
  );
}

export const securityMutations: readonly Mutation[] = [
  opened(account, 'getProfile', 'GET /me'),
  opened(account, 'logout', 'POST /auth/logout'),
  opened(books, 'createBook', 'POST /books'),
  opened(copies, 'addCopy', 'POST /books/{bookId}/copies'),
  opened(lending, 'listLoans', 'GET /loans'),
  opened(members, 'getMember', 'GET /members/{memberId}'),
  opened(reviews, 'createReview', 'POST /books/{bookId}/reviews'),
  openedToAnyone(reports, 'getReport', 'GET /reports/{reportId}'),
  openedToAnyone(reports, 'requestReport', 'POST /reports'),
  closed(books, 'listBooks', 'GET /books'),
  closed(books, 'getBook', 'GET /books/{bookId}'),
  closed(authors, 'getAuthor', 'GET /authors/{authorId}'),
  closed(copies, 'listCopies', 'GET /books/{bookId}/copies'),
  closed(health, 'getHealth', 'GET /health'),
];
