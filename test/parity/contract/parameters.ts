/** Parameters, seeded into the contract. */

import type { Edit, Mutation } from '../mutation.ts';

const account = 'api/paths/account.yaml';
const authors = 'api/paths/authors.yaml';
const books = 'api/paths/books.yaml';
const copies = 'api/paths/copies.yaml';
const lending = 'api/paths/lending.yaml';
const members = 'api/paths/members.yaml';
const reports = 'api/paths/reports.yaml';
const shared = 'api/components/parameters.yaml';

function drift(name: string, edit: Edit, ...expect: readonly string[]): Mutation {
  return { name, category: 'parameters', edits: [edit], expect };
}

function added(file: string, operationId: string, place: string, name: string, of: string): Mutation {
  const parameter = `parameters: [{ name: ${name}, in: ${place}, schema: { type: string } }]`;
  return drift(
    `${of} has a ${place} parameter ${name}`,
    { file, from: `operationId: ${operationId}`, to: `operationId: ${operationId}\n    ${parameter}` },
    `http/unread-parameter ${of}`,
  );
}

const unread = (of: string): string => `http/unread-parameter ${of}`;
const undocumented = (of: string): string => `http/undocumented-parameter ${of}`;

export const parameterMutations: readonly Mutation[] = [
  added(account, 'getProfile', 'query', 'expand', 'GET /me'),
  added(books, 'createBook', 'query', 'dryRun', 'POST /books'),
  added(lending, 'listHolds', 'query', 'status', 'GET /holds'),
  added(lending, 'placeHold', 'header', 'X-Branch', 'POST /holds'),
  added(account, 'logout', 'cookie', 'device', 'POST /auth/logout'),
  added(reports, 'requestReport', 'query', 'format', 'POST /reports'),
  drift(
    'q is gone',
    { file: books, from: '      - name: q\n', until: '      - name: genre', to: '' },
    undocumented('GET /books'),
  ),
  drift(
    'branch is gone',
    { file: books, from: '      - name: branch\n', until: '      - $ref', to: '' },
    undocumented('GET /books'),
  ),
  drift(
    'another default',
    { file: books, from: 'default: title', to: 'default: rating' },
    'http/parameter-default GET /books',
  ),
  drift(
    'a default is larger',
    { file: books, from: 'default: 10', to: 'default: 25' },
    'http/parameter-default GET /books/popular',
  ),
  drift(
    'the only parameter is gone',
    { file: account, from: '    parameters:', until: '    responses', to: '' },
    undocumented('GET /me/notifications'),
  ),
  drift(
    'a shared parameter is gone from one operation',
    {
      file: copies.replace('copies', 'reviews'),
      from: '      - $ref: ../components/parameters.yaml#/PageSize\n',
      to: '',
    },
    undocumented('GET /books/{bookId}/reviews'),
  ),
  drift(
    'the key is gone',
    {
      file: lending,
      from: '    parameters:\n      - $ref: ../components/parameters.yaml#/IdempotencyKey\n',
      to: '',
    },
    undocumented('POST /loans'),
  ),
  drift(
    'status is gone',
    { file: members, after: 'listMembers', from: '      - name: status', until: '      - $ref', to: '' },
    undocumented('GET /members'),
  ),
  drift(
    'genre is called genres',
    { file: books, from: 'name: genre', to: 'name: genres' },
    undocumented('GET /books'),
    unread('GET /books'),
  ),
  drift(
    'paid is called settled',
    { file: members, from: 'name: paid', to: 'name: settled' },
    undocumented('GET /members/{memberId}/fines'),
    unread('GET /members/{memberId}/fines'),
  ),
  drift(
    'the key is called differently',
    { file: shared, from: 'name: Idempotency-Key', to: 'name: X-Idempotence' },
    undocumented('POST /fines/{fineId}/payments'),
    undocumented('POST /loans'),
    unread('POST /fines/{fineId}/payments'),
    unread('POST /loans'),
  ),
  drift(
    'branch is in the query',
    { file: books, after: 'name: branch', from: 'in: cookie', to: 'in: query' },
    'http/parameter-location GET /books',
  ),
  drift(
    'name is a header',
    { file: authors, after: 'name: name', from: 'in: query', to: 'in: header' },
    'http/parameter-location GET /authors',
  ),
  drift(
    'the key is in the query',
    { file: shared, after: 'IdempotencyKey', from: 'in: header', to: 'in: query' },
    'http/parameter-location POST /fines/{fineId}/payments',
    'http/parameter-location POST /loans',
  ),
];
