/** Changes of the contract that no code has to follow: nothing may be found. */

import type { Edit, Mutation } from '../mutation.ts';

const schemas = 'api/components/schemas.yaml';
const root = 'api/openapi.yaml';

function harmless(name: string, ...edits: readonly Edit[]): Mutation {
  return { name, category: 'no drift', edits, expect: [] };
}

export const harmlessMutations: readonly Mutation[] = [
  harmless('another summary', {
    file: 'api/paths/books.yaml',
    from: 'Searches the catalogue',
    to: 'Finds books',
  }),
  harmless('another operationId', {
    file: 'api/paths/lending.yaml',
    from: 'operationId: renewLoan',
    to: 'operationId: extendLoan',
  }),
  harmless('another title and version', {
    file: root,
    from: 'title: Library\n  version: 1.4.0',
    to: 'title: Books\n  version: 2.0.0',
  }),
  harmless('another host', { file: root, from: 'api.library.example', to: 'library.example.org' }),
  harmless('a second server', {
    file: root,
    from: 'servers:\n',
    to: 'servers:\n  - url: http://localhost:3000/v1\n',
  }),
  harmless('a server without a host', { file: root, from: 'https://api.library.example/v1', to: '/v1' }),
  harmless('a trailing slash', { file: root, from: '  /authors:', to: '  /authors/:' }),
  harmless(
    'paths in another order',
    {
      file: root,
      from: '  /health:\n    $ref: paths/health.yaml#/health\n',
      to: '',
    },
    { file: root, from: 'paths:\n', to: 'paths:\n  /health:\n    $ref: paths/health.yaml#/health\n' },
  ),
  harmless('a description of a response', {
    file: 'api/components/responses.yaml',
    from: 'There is no such thing.',
    to: 'Not found.',
  }),
  harmless('a default response', {
    file: 'api/paths/books.yaml',
    after: 'operationId: getBook',
    from: '    responses:\n',
    to: '    responses:\n      default: { description: Anything else }\n',
  }),
  harmless('a range in place of statuses', {
    file: 'api/paths/reviews.yaml',
    after: 'operationId: deleteReview',
    from: "      '400':",
    until: "      '401':",
    to: "      '4XX': { description: Refused }\n",
  }),
  harmless('an example', {
    file: schemas,
    after: '\nLanguage:\n',
    from: 'type: string\n',
    to: 'type: string\n  examples: [en]\n',
  }),
  harmless('a schema that nobody refers to', {
    file: schemas,
    from: '# Account\n',
    to: 'Unused:\n  type: object\n\n# Account\n',
  }),
  harmless('a limit of a header', {
    file: 'api/components/parameters.yaml',
    after: 'IdempotencyKey',
    from: 'required: true\n',
    to: 'required: true\n  example: 4711\n',
  }),
  harmless('a status that something in front may send', {
    file: 'api/paths/members.yaml',
    after: 'operationId: listMembers',
    from: '    responses:\n',
    to: "    responses:\n      '429': { description: Later }\n",
  }),
  harmless('a reference in place of what it says', {
    file: schemas,
    after: '\nNewCopy:\n',
    from: '      type: string\n      enum: [new, good, worn, damaged]\n      default: new\n',
    to: "      allOf: [{ $ref: '#/Condition' }]\n      default: new\n",
  }),
  harmless('an unknown extension', { file: root, from: 'paths:\n', to: 'x-audience: public\npaths:\n' }),
  harmless('an operation that asks for silence', {
    file: root,
    from: '  /health:\n',
    to: "  /internal:\n    get: { x-internal: true, responses: { '200': { description: Yes } } }\n  /health:\n",
  }),
];
