/** Operations that only one side has, and addresses and methods that differ, seeded into the contract. */

import type { Mutation } from '../mutation.ts';

const root = 'api/openapi.yaml';
const books = 'api/paths/books.yaml';
const account = 'api/paths/account.yaml';
const lending = 'api/paths/lending.yaml';
const members = 'api/paths/members.yaml';

function withoutPath(path: string, until: string, ...methods: readonly string[]): Mutation {
  return {
    name: `${path} is gone`,
    category: 'operations',
    edits: [{ file: root, from: `  ${path}:`, until, to: '' }],
    expect: methods.map((method) => `http/undocumented-operation ${method} ${path}`),
  };
}

function withoutMethod(file: string, key: string, method: string, until: string, of: string): Mutation {
  return {
    name: `${of} is gone`,
    category: 'operations',
    edits: [{ file, after: `${key}:\n`, from: `  ${method}:`, until, to: '' }],
    expect: [`http/undocumented-operation ${of}`],
  };
}

const plain = "responses: { '200': { description: Yes } }";

function withPath(path: string, method: string): Mutation {
  return {
    name: `${method.toUpperCase()} ${path} is new`,
    category: 'operations',
    edits: [
      {
        file: root,
        from: '  /health:',
        to: `  ${path}:\n    ${method}: { security: [], ${plain} }\n  /health:`,
      },
    ],
    expect: [`http/unimplemented-operation ${method.toUpperCase()} ${path}`],
  };
}

function withMethod(file: string, key: string, method: string, path: string): Mutation {
  return {
    name: `${method.toUpperCase()} ${path} is new`,
    category: 'operations',
    edits: [{ file, from: `${key}:\n`, to: `${key}:\n  ${method}: { security: [], ${plain} }\n` }],
    expect: [`http/unimplemented-operation ${method.toUpperCase()} ${path}`],
  };
}

function renamed(from: string, to: string, expect: readonly string[]): Mutation {
  return {
    name: `${from} is called ${to}`,
    category: 'paths and methods',
    edits: [{ file: root, from: `  ${from}:`, to: `  ${to}:` }],
    expect,
  };
}

function withOtherMethod(
  file: string,
  key: string,
  from: string,
  to: string,
  expect: readonly string[],
): Mutation {
  return {
    name: `${key}: ${to} in place of ${from}`,
    category: 'paths and methods',
    edits: [{ file, after: `${key}:\n`, from: `  ${from}:`, to: `  ${to}:` }],
    expect,
  };
}

export const operationMutations: readonly Mutation[] = [
  {
    name: 'no longer deprecated',
    category: 'operations',
    edits: [{ file: books, from: '    deprecated: true\n', to: '' }],
    expect: ['http/undocumented-deprecation GET /books/popular'],
  },
  withoutPath('/books/popular', '  /books/isbn', 'GET'),
  withoutPath('/books/isbn/{isbn}', '  /books/{bookId}:', 'GET'),
  withoutPath('/me/notifications/read', '  /books:', 'POST'),
  withoutPath('/members/{memberId}/address', '  /members/{memberId}/fines', 'PUT'),
  withoutPath('/reports/loans.csv', '  /reports/{reportId}', 'GET'),
  withoutPath('/holds/{holdId}', '  /members:', 'DELETE'),
  withoutPath('/authors/{authorId}', '  /loans:', 'GET', 'PATCH'),
  withoutPath('/health', 'components:', 'GET'),
  withoutMethod(books, 'book', 'delete', '\ncover', 'DELETE /books/{bookId}'),
  withoutMethod(account, 'me', 'patch', '\nnotifications', 'PATCH /me'),
  withoutMethod(lending, 'holds', 'post', '\nhold:', 'POST /holds'),
  withoutMethod(members, 'members', 'get', '  post', 'GET /members'),
  withPath('/books/{bookId}/loans', 'get'),
  withPath('/branches', 'get'),
  withPath('/members/{memberId}/suspension', 'put'),
  withPath('/books/{bookId}/editions/{edition}', 'delete'),
  withMethod(account, 'me', 'delete', '/me'),
  withMethod(lending, 'loan', 'delete', '/loans/{loanId}'),
  withMethod(members, 'member', 'patch', '/members/{memberId}'),
  withMethod(books, 'books', 'delete', '/books'),

  renamed('/books/popular', '/books/populer', ['http/path-typo GET /books/populer']),
  renamed('/loans/{loanId}/renew', '/loan/{loanId}/renew', ['http/path-typo POST /loan/{loanId}/renew']),
  renamed('/me/notifications', '/me/notification', ['http/path-typo GET /me/notification']),
  renamed('/reports/loans.csv', '/reports/loans_csv', ['http/path-typo GET /reports/loans_csv']),
  renamed('/auth/logout', '/auth/log-out', ['http/path-typo POST /auth/log-out']),
  renamed('/members/{memberId}/fines', '/members/{memberId}/debts', [
    'http/undocumented-operation GET /members/{memberId}/fines',
    'http/unimplemented-operation GET /members/{memberId}/debts',
  ]),
  {
    name: 'a path parameter has another name',
    category: 'paths and methods',
    edits: [
      { file: root, from: '/reviews/{reviewId}:', to: '/reviews/{id}:' },
      { file: 'api/components/parameters.yaml', from: 'name: reviewId', to: 'name: id' },
    ],
    expect: ['http/parameter-name DELETE /reviews/{id}'],
  },
  {
    name: 'another path parameter has another name',
    category: 'paths and methods',
    edits: [
      { file: root, from: '/fines/{fineId}/payments:', to: '/fines/{fine}/payments:' },
      { file: 'api/components/parameters.yaml', from: 'name: fineId', to: 'name: fine' },
    ],
    expect: ['http/parameter-name POST /fines/{fine}/payments'],
  },
  {
    name: 'the address of the server lacks the version',
    category: 'paths and methods',
    edits: [{ file: root, from: 'library.example/v1', to: 'library.example' }],
    expect: ['http/base-path'],
  },
  withOtherMethod(account, 'me', 'patch', 'put', ['http/method-mismatch PUT /me']),
  withOtherMethod(lending, 'renew', 'post', 'put', ['http/method-mismatch PUT /loans/{loanId}/renew']),
  withOtherMethod(members, 'address', 'put', 'post', [
    'http/method-mismatch POST /members/{memberId}/address',
  ]),
  withOtherMethod(account, 'notificationsRead', 'post', 'put', [
    'http/method-mismatch PUT /me/notifications/read',
  ]),
  withOtherMethod(lending, 'hold', 'delete', 'post', [
    'http/undocumented-operation DELETE /holds/{holdId}',
    'http/unimplemented-operation POST /holds/{holdId}',
  ]),
];
