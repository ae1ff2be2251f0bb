/** Fields of bodies, seeded into the contract. */

import type { Category, Edit, Mutation } from '../mutation.ts';

const schemas = 'api/components/schemas.yaml';

function drift(
  category: Category,
  name: string,
  edits: Edit | readonly Edit[],
  ...expect: readonly string[]
): Mutation {
  return { name, category, edits: 'file' in edits ? [edits] : edits, expect };
}

/** An edit within a schema. */
function within(schema: string, from: string, to: string, after = ''): Edit {
  return {
    file: schemas,
    after: schema === 'Error' ? 'Error:\n' : `\n${schema}:\n`,
    from: `${after}${from}`,
    to: `${after}${to}`,
  };
}

function of(rule: string, ...operations: readonly string[]): readonly string[] {
  return operations.map((operation) => `http/${rule} ${operation}`);
}

const newBook = ['POST /books', 'PUT /books/{bookId}'];
const book = [
  'GET /books',
  'GET /books/popular',
  'GET /books/{bookId}',
  'POST /books',
  'PUT /books/{bookId}',
];
const copy = [
  'GET /books/{bookId}/copies',
  'PATCH /books/{bookId}/copies/{copyId}',
  'POST /books/{bookId}/copies',
];
const review = ['GET /books/{bookId}/reviews', 'POST /books/{bookId}/reviews'];
const hold = ['GET /holds', 'POST /holds'];
const fine = ['GET /members/{memberId}/fines', 'POST /loans/{loanId}/return'];
const report = ['GET /reports/{reportId}', 'POST /reports'];
const loan = [
  'GET /loans',
  'GET /loans/{loanId}',
  'POST /loans',
  'POST /loans/{loanId}/renew',
  'POST /loans/{loanId}/return',
];

export const requestMutations: readonly Mutation[] = [
  drift(
    'request bodies',
    'a field is gone',
    within('ReturnedCopy', '    note:\n      type: string\n      maxLength: 500\n', ''),
    ...of('undocumented-field', 'POST /loans/{loanId}/return'),
  ),
  drift(
    'request bodies',
    'an optional field is gone',
    within('NewAuthor', '    born:\n      type: integer\n', ''),
    ...of('undocumented-field', 'POST /authors'),
  ),
  drift(
    'request bodies',
    'a field is new',
    within('NewHold', '  properties:\n', '  properties:\n    branch:\n      type: string\n'),
    ...of('unread-field', 'POST /holds'),
  ),
  drift(
    'request bodies',
    'another field is new',
    within('NewReview', '  properties:\n', '  properties:\n    headline:\n      type: string\n'),
    ...of('unread-field', 'POST /books/{bookId}/reviews'),
  ),
  drift(
    'request bodies',
    'a nested field is new',
    within('Preferences', '  properties:\n', '  properties:\n    theme:\n      type: string\n'),
    ...of('unread-field', 'PATCH /me'),
    ...of('unsent-field', ...memberOf()),
  ),
  drift(
    'request bodies',
    'a field has another name',
    [
      within('NewCopy', 'required: [shelf]', 'required: [shelve]'),
      within('NewCopy', '    shelf:\n', '    shelve:\n'),
    ],
    ...of('renamed-field', 'POST /books/{bookId}/copies'),
  ),
  drift(
    'request bodies',
    'an optional field has another name',
    within('NewPayment', '    reference:', '    referense:'),
    ...of('renamed-field', 'POST /fines/{fineId}/payments'),
  ),
  drift(
    'request bodies',
    'a text is a number',
    within(
      'NewMember',
      '    name:\n      type: string\n      minLength: 1\n      maxLength: 120',
      '    name:\n      type: integer',
    ),
    ...of('request-type', 'POST /members'),
  ),
  drift(
    'request bodies',
    'a number is a text',
    within('NewReview', 'type: integer\n      minimum: 1\n      maximum: 5', 'type: string'),
    ...of('request-type', 'POST /books/{bookId}/reviews'),
  ),
  drift(
    'request bodies',
    'a list is a text',
    within(
      'NotificationIds',
      'type: array\n      minItems: 1\n      items:\n        type: string\n        format: uuid',
      'type: string',
    ),
    ...of('request-type', 'POST /me/notifications/read'),
  ),
  drift(
    'request bodies',
    'a flag is a text',
    within('Preferences', 'type: boolean', 'type: string'),
    ...of('request-type', 'PATCH /me'),
    ...of('response-type', ...memberOf()),
  ),
  drift(
    'request bodies',
    'a whole number is any number',
    within('NewLoan', 'type: integer', 'type: number'),
    ...of('request-limits', 'POST /loans'),
  ),
  drift(
    'request bodies',
    'another format',
    within('Credentials', 'format: email', 'format: uri'),
    ...of('request-format', 'POST /auth/login'),
  ),
  drift(
    'request bodies',
    'ids are dates',
    within('NewHold', 'format: uuid', 'format: date'),
    ...of('request-format', 'POST /holds'),
  ),
  drift(
    'request bodies',
    'days are ids',
    within('NewReport', 'format: date\n', 'format: uuid\n', '    from:\n      type: string\n      '),
    ...of('request-format', 'POST /reports'),
  ),
  drift(
    'request bodies',
    'a text may be longer',
    within('NewReview', 'maxLength: 2000', 'maxLength: 4000'),
    ...of('request-limits', 'POST /books/{bookId}/reviews'),
  ),
  drift(
    'request bodies',
    'a text may be shorter',
    within('Credentials', 'minLength: 8', 'minLength: 4'),
    ...of('request-limits', 'POST /auth/login'),
  ),
  drift(
    'request bodies',
    'a number may be larger',
    within('NewLoan', 'maximum: 60', 'maximum: 90'),
    ...of('request-limits', 'POST /loans'),
  ),
  drift(
    'request bodies',
    'a number may be smaller',
    within('NewPayment', 'minimum: 0', 'minimum: -5'),
    ...of('request-limits', 'POST /fines/{fineId}/payments'),
  ),
  drift(
    'request bodies',
    'a list may be longer',
    within('NewBook', 'maxItems: 5', 'maxItems: 9'),
    ...of('request-limits', ...newBook),
  ),
  drift(
    'request bodies',
    'a list may be empty',
    within('NotificationIds', '      minItems: 1\n', ''),
    ...of('request-limits', 'POST /me/notifications/read'),
  ),
  drift(
    'request bodies',
    'a value is new',
    within('NewPayment', 'enum: [card, cash]', 'enum: [card, cash, transfer]'),
    ...of('request-enum', 'POST /fines/{fineId}/payments'),
  ),
  drift(
    'request bodies',
    'a value is spelt differently',
    within('NewReport', 'enum: [loans, fines, acquisitions]', 'enum: [loans, fines, purchases]'),
    ...of('request-enum', 'POST /reports'),
  ),
  drift(
    'request bodies',
    'any text will do',
    within('NewReport', 'type: string\n      enum: [loans, fines, acquisitions]', 'type: string'),
    ...of('request-enum', 'POST /reports'),
  ),
  drift(
    'request bodies',
    'null is allowed',
    within('NewHold', 'type: string', "type: [string, 'null']"),
    ...of('request-null', 'POST /holds'),
  ),
  drift(
    'request bodies',
    'null is allowed for a number',
    within('NewBook', 'type: integer', "type: [integer, 'null']"),
    ...of('request-null', ...newBook),
  ),
  drift(
    'request bodies',
    'a field need not be sent',
    within('ReturnedCopy', 'required: [condition]', 'required: []'),
    ...of('request-required', 'POST /loans/{loanId}/return'),
  ),
  drift(
    'request bodies',
    'a field of many need not be sent',
    within('NewMember', 'required: [name, email, role]', 'required: [name, email]'),
    ...of('request-required', 'POST /members'),
  ),
  drift(
    'request bodies',
    'a body is a list',
    {
      file: 'api/paths/lending.yaml',
      after: 'operationId: placeHold',
      from: '            $ref: ../components/schemas.yaml#/NewHold\n',
      to: '            type: array\n            items:\n              $ref: ../components/schemas.yaml#/NewHold\n',
    },
    ...of('request-body', 'POST /holds'),
  ),
  drift(
    'request bodies',
    'there is no body',
    {
      file: 'api/paths/books.yaml',
      after: 'operationId: createBook',
      from: '    requestBody:',
      until: '    responses:',
      to: '',
    },
    ...of('undocumented-body', 'POST /books'),
  ),
  drift(
    'request bodies',
    'there is no body of a form',
    {
      file: 'api/paths/books.yaml',
      after: 'operationId: uploadCover',
      from: '    requestBody:',
      until: '    responses:',
      to: '',
    },
    ...of('undocumented-body', 'PUT /books/{bookId}/cover'),
  ),
  drift(
    'request bodies',
    'there is a body',
    {
      file: 'api/paths/lending.yaml',
      after: 'operationId: renewLoan',
      from: '    responses:\n',
      to: '    requestBody: { content: { application/json: { schema: { type: object, properties: { days: { type: integer } } } } } }\n    responses:\n',
    },
    ...of('unread-body', 'POST /loans/{loanId}/renew'),
  ),
];

/** Operations that answer with a member, alone or within something. */
function memberOf(): readonly string[] {
  return [
    'GET /me',
    'GET /members',
    'GET /members/{memberId}',
    'PATCH /me',
    'POST /auth/login',
    'POST /members',
  ];
}

export const responseMutations: readonly Mutation[] = [
  drift(
    'responses',
    'a field is sent that is not there',
    within('Review', '    stars:\n      type: integer\n', ''),
    ...of('undocumented-response-field', ...review),
  ),
  drift(
    'responses',
    'a field of a book is not there',
    within('Book', '    pages:\n      type: integer\n', ''),
    ...of('undocumented-response-field', ...book),
  ),
  drift(
    'responses',
    'a field is promised',
    within('Hold', '  properties:\n', '  properties:\n    branch:\n      type: string\n'),
    ...of('unsent-field', ...hold),
  ),
  drift(
    'responses',
    'a required field is promised',
    [
      within('Report', 'required: [id,', 'required: [owner, id,'),
      within('Report', '  properties:\n', '  properties:\n    owner:\n      type: string\n'),
    ],
    ...of('unsent-field', ...report),
  ),
  drift(
    'responses',
    'a field of an envelope is promised',
    within('LoanPage', '  properties:\n', '  properties:\n    pages:\n      type: integer\n'),
    ...of('unsent-field', 'GET /loans'),
  ),
  drift(
    'responses',
    'a field has another name',
    [within('Copy', 'shelf, condition', 'shelve, condition'), within('Copy', '    shelf:', '    shelve:')],
    ...of('renamed-field', ...copy),
  ),
  drift(
    'responses',
    'the total has another name',
    [
      within('AuthorPage', 'pageSize, total]', 'pageSize, totals]'),
      within('AuthorPage', '    total:', '    totals:'),
    ],
    ...of('renamed-field', 'GET /authors'),
  ),
  drift(
    'responses',
    'a number is a text',
    within('Loan', '    renewals:\n      type: integer', '    renewals:\n      type: string'),
    ...of('response-type', ...loan),
  ),
  drift(
    'responses',
    'a flag is a number',
    within('Fine', 'type: boolean', 'type: integer'),
    ...of('response-type', ...fine),
  ),
  drift(
    'responses',
    'a text is a list',
    within(
      'Author',
      '    name:\n      type: string',
      '    name:\n      type: array\n      items: { type: string }',
    ),
    ...of(
      'response-type',
      'GET /authors/{authorId}',
      'PATCH /authors/{authorId}',
      'POST /authors',
      'GET /authors',
    ),
  ),
  drift(
    'responses',
    'an object is a list',
    {
      file: 'api/paths/members.yaml',
      after: 'operationId: getMember',
      from: '              $ref: ../components/schemas.yaml#/Member\n',
      to: '              type: array\n              items:\n                $ref: ../components/schemas.yaml#/Member\n',
    },
    ...of('response-body', 'GET /members/{memberId}'),
  ),
  drift(
    'responses',
    'a list is an envelope',
    {
      file: 'api/paths/lending.yaml',
      after: 'operationId: listHolds',
      from: '              type: array\n              items:\n                $ref: ../components/schemas.yaml#/Hold\n',
      to: '              type: object\n              required: [items]\n              properties:\n                items: { type: array, items: { $ref: ../components/schemas.yaml#/Hold } }\n',
    },
    ...of('response-body', 'GET /holds'),
  ),
  drift(
    'responses',
    'null is not expected',
    within('Copy', "type: [string, 'null']", 'type: string'),
    ...of('response-null', ...copy),
  ),
  drift(
    'responses',
    'null is not expected of a number',
    within('Book', "type: [number, 'null']", 'type: number'),
    ...of('response-null', ...book),
  ),
  drift(
    'responses',
    'null is not expected of an object',
    within('Receipt', "oneOf:\n        - $ref: '#/Fine'\n        - type: 'null'", "$ref: '#/Fine'"),
    ...of('response-null', 'POST /loans/{loanId}/return'),
  ),
  drift(
    'responses',
    'a value is missing',
    within('Report', 'enum: [queued, running, done]', 'enum: [queued, running]'),
    ...of('response-enum', ...report),
  ),
  drift(
    'responses',
    'another value is missing',
    within('Fine', 'enum: [EUR, GBP]', 'enum: [EUR]'),
    ...of('response-enum', ...fine),
  ),
  drift(
    'responses',
    'a value is spelt differently',
    within('Loan', 'enum: [active, overdue, returned]', 'enum: [active, late, returned]'),
    ...of('response-enum', ...loan),
  ),
  drift(
    'responses',
    'a text has a format that dates lack',
    within('Payment', 'format: date-time', 'format: uuid'),
    ...of('response-format', 'POST /fines/{fineId}/payments'),
  ),
  drift(
    'responses',
    'a kind of a union is gone',
    [
      within('Notification', "    - $ref: '#/Announcement'\n", ''),
      within('Notification', "      announcement: '#/Announcement'\n", ''),
    ],
    ...of('response-type', 'GET /me/notifications'),
  ),
  drift(
    'responses',
    'a field of a kind of a union has another name',
    [
      within('HoldReady', 'holdId, pickupUntil]', 'holdId, pickUpUntil]'),
      within('HoldReady', '    pickupUntil:', '    pickUpUntil:'),
    ],
    ...of('renamed-field', 'GET /me/notifications'),
  ),
  drift(
    'responses',
    'an envelope has one more field in the code',
    within('ReviewPage', '    total:\n      type: integer\n', ''),
    ...of('undocumented-response-field', 'GET /books/{bookId}/reviews'),
  ),
];

const failing = 'http/error-body';

export const errorMutations: readonly Mutation[] = [
  drift(
    'errors',
    'the message has another name',
    [
      within('Error', 'required: [code, message]', 'required: [code, detail]'),
      within('Error', '    message:', '    detail:'),
    ],
    failing,
  ),
  drift(
    'errors',
    'the code is a number',
    within('Error', '    code:\n      type: string', '    code:\n      type: integer'),
    failing,
  ),
  drift(
    'errors',
    'problem details in place of the format of the project',
    [
      within('Error', 'required: [code, message]', 'required: [title, status]'),
      within(
        'Error',
        '    code:\n      type: string\n    message:\n      type: string\n',
        '    title:\n      type: string\n    status:\n      type: integer\n',
      ),
    ],
    failing,
  ),
];

export const harmlessBodyMutations: readonly Mutation[] = [
  drift('no drift', 'a request may hold less', within('NewReview', 'maxLength: 2000', 'maxLength: 1000')),
  drift(
    'no drift',
    'an answer may hold more values',
    within('Hold', 'enum: [waiting, ready]', 'enum: [waiting, ready, expired]'),
  ),
  drift(
    'no drift',
    'an answer may be null',
    within('Review', '    stars:\n      type: integer', "    stars:\n      type: [integer, 'null']"),
  ),
  drift(
    'no drift',
    'an answer may leave a field out',
    within('Report', 'required: [id, kind, status, url]', 'required: [id, kind, status]'),
  ),
  drift(
    'no drift',
    'a whole number is any number in an answer',
    within('Loan', '    renewals:\n      type: integer', '    renewals:\n      type: number'),
  ),
  drift(
    'no drift',
    'a list may be longer in an answer',
    within('Book', '    genres:\n      type: array', '    genres:\n      type: array\n      maxItems: 50'),
  ),
];
