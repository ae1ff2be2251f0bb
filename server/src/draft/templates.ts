/** Contracts to begin with where there is no code yet. They are free of findings, so that what is reported later is news. */

import type { Plain } from '../text/document-style.ts';
import { draftVersions, type DraftVersion } from './contract.ts';
import type { Draft } from './schema.ts';

export interface Template {
  readonly id: string;
  readonly title: string;
  readonly detail: string;
  make(title: string, version: DraftVersion): Draft;
}

export const templates: readonly Template[] = [
  {
    id: 'empty',
    title: 'Empty contract',
    detail: 'One operation that answers “ok”, to write on from',
    make: emptyContract,
  },
  {
    id: 'resource',
    title: 'REST resource',
    detail:
      'List, create, read, replace and delete, with pages, problem details (RFC 9457), rate limits and a bearer token',
    make: resourceContract,
  },
];

function emptyContract(title: string, version: DraftVersion): Draft {
  return {
    openapi: draftVersions[version],
    info: begun(title),
    servers: [{ url: '/v1' }],
    tags: [{ name: 'status' }],
    paths: {
      '/status': {
        get: {
          tags: ['status'],
          operationId: 'getStatus',
          description: 'Tell whether the service answers.',
          responses: {
            '200': {
              description: 'It does.',
              content: json({
                type: 'object',
                required: ['status'],
                properties: { status: { type: 'string' } },
              }),
            },
          },
        },
      },
    },
  };
}

const limitHeaders = { RateLimit: { $ref: '#/components/headers/RateLimit' } };

function resourceContract(title: string, version: DraftVersion): Draft {
  const item = { $ref: '#/components/schemas/Item' };
  const draftedItem = json({ $ref: '#/components/schemas/NewItem' });
  const id = { $ref: '#/components/parameters/ItemId' };
  const errors = (...statuses: readonly string[]): Draft =>
    Object.fromEntries(
      statuses.map((status) => [status, { $ref: `#/components/responses/${problems[status]?.name ?? ''}` }]),
    );
  return {
    openapi: draftVersions[version],
    info: begun(title),
    servers: [{ url: '/v1' }],
    security: [{ token: [] }],
    tags: [{ name: 'items', description: 'What this service is about' }],
    paths: {
      '/items': {
        get: {
          tags: ['items'],
          operationId: 'listItems',
          description: 'List items, a page at a time.',
          parameters: [{ $ref: '#/components/parameters/Limit' }, { $ref: '#/components/parameters/Cursor' }],
          responses: {
            '200': {
              description: 'A page of items.',
              headers: limitHeaders,
              content: json({
                type: 'object',
                required: ['items'],
                properties: {
                  items: { type: 'array', items: item },
                  next: {
                    type: 'string',
                    description: 'The cursor of the next page; missing on the last one.',
                  },
                },
              }),
            },
            ...errors('400', '401', '429'),
          },
        },
        post: {
          tags: ['items'],
          operationId: 'createItem',
          description: 'Create an item.',
          requestBody: { required: true, content: draftedItem },
          responses: {
            '201': {
              description: 'It was created.',
              headers: {
                Location: {
                  description: 'Where it is.',
                  schema: { type: 'string', format: 'uri-reference' },
                },
                ...limitHeaders,
              },
              content: json(item),
            },
            ...errors('400', '401', '429'),
          },
        },
      },
      '/items/{itemId}': {
        parameters: [id],
        get: {
          tags: ['items'],
          operationId: 'getItem',
          description: 'Read an item.',
          responses: {
            '200': { description: 'The item.', headers: limitHeaders, content: json(item) },
            ...errors('400', '401', '404', '429'),
          },
        },
        put: {
          tags: ['items'],
          operationId: 'replaceItem',
          description: 'Replace an item.',
          requestBody: { required: true, content: draftedItem },
          responses: {
            '200': { description: 'The item as it is now.', headers: limitHeaders, content: json(item) },
            ...errors('400', '401', '404', '429'),
          },
        },
        delete: {
          tags: ['items'],
          operationId: 'deleteItem',
          description: 'Delete an item.',
          responses: {
            '204': { description: 'It is gone.', headers: limitHeaders },
            ...errors('400', '401', '404', '429'),
          },
        },
      },
    },
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'The token of a signed-in user.' },
      },
      parameters: {
        ItemId: { name: 'itemId', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } },
        Limit: {
          name: 'limit',
          in: 'query',
          description: 'How many items a page has at most.',
          schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
        },
        Cursor: {
          name: 'cursor',
          in: 'query',
          description: 'Where the page begins.',
          schema: { type: 'string' },
        },
      },
      headers: {
        RateLimit: {
          description: 'What is left of the quota (RateLimit header fields).',
          schema: { type: 'string' },
        },
      },
      schemas: {
        NewItem: {
          type: 'object',
          required: ['name'],
          properties: { name: { type: 'string', minLength: 1, maxLength: 200 }, note: { type: 'string' } },
        },
        Item: {
          allOf: [
            { $ref: '#/components/schemas/NewItem' },
            {
              type: 'object',
              required: ['id', 'createdAt'],
              properties: {
                id: { type: 'string', format: 'uuid' },
                createdAt: { type: 'string', format: 'date-time' },
              },
            },
          ],
        },
        Problem: {
          type: 'object',
          description: 'Problem details (RFC 9457).',
          required: ['type', 'title', 'status'],
          properties: {
            type: { type: 'string', format: 'uri-reference' },
            title: { type: 'string' },
            status: { type: 'integer' },
            detail: { type: 'string' },
            instance: { type: 'string', format: 'uri-reference' },
          },
        },
      },
      responses: Object.fromEntries(
        Object.values(problems).map(({ name, description, headers }): [string, Plain] => [
          name,
          {
            description,
            ...(headers && { headers }),
            content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
          },
        ]),
      ),
    },
  };
}

const problems: Readonly<
  Record<string, { readonly name: string; readonly description: string; readonly headers?: Draft }>
> = {
  '400': { name: 'BadRequest', description: 'The request is not as it has to be.' },
  '401': { name: 'Unauthorized', description: 'There is no token, or one that does not count.' },
  '404': { name: 'NotFound', description: 'There is no such item.' },
  '429': {
    name: 'TooManyRequests',
    description: 'The quota is used up.',
    headers: { 'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer' } } },
  },
};

function begun(title: string): Draft {
  return {
    title,
    version: '0.1.0',
    description: `The contract of ${title}.`,
    contact: { name: `The team of ${title}` },
  };
}

function json(schema: Draft): Draft {
  return { 'application/json': { schema } };
}
