/** Made-up specifications of any size, with shared components, examples, and some of the usual mistakes. */

import { stringify } from 'yaml';
import { createRandom, type Random } from './random.ts';

export interface SpecKind {
  readonly version: '2.0' | '3.0.3' | '3.1.0';
  readonly format: 'yaml' | 'json';
  /** Resources; each has two path items and three schemas, some 180 lines. */
  readonly resources: number;
  /** How often something is wrong, from 0 to 1. */
  readonly mistakes: number;
  /** How many schemas refer back to themselves, from 0 to 1. */
  readonly cycles?: number;
  readonly seed: number;
}

export function randomSpec(kind: SpecKind): string {
  const document = specOf(kind);
  return kind.format === 'json'
    ? `${JSON.stringify(document, null, 2)}\n`
    : stringify(document, { lineWidth: 100, aliasDuplicateObjects: false });
}

type Data = Readonly<Record<string, unknown>>;

interface Making extends SpecKind {
  readonly random: Random;
  isWrong(): boolean;
  ref(section: 'schemas' | 'responses' | 'parameters', name: string): Data;
}

const NOUNS = [
  'book',
  'author',
  'reader',
  'shelf',
  'loan',
  'branch',
  'review',
  'event',
  'fine',
  'hold',
] as const;
const PARTS = [
  'title',
  'pages',
  'status',
  'price',
  'language',
  'createdAt',
  'isbn',
  'rating',
  'notes',
  'email',
] as const;

function specOf(kind: SpecKind): Data {
  const random = createRandom(kind.seed);
  const old = kind.version === '2.0';
  const sections = { schemas: 'definitions', responses: 'responses', parameters: 'parameters' };
  const making: Making = {
    ...kind,
    random,
    isWrong: () => random.chance(kind.mistakes),
    ref: (section, name) => ({
      $ref: old ? `#/${sections[section]}/${name}` : `#/components/${section}/${name}`,
    }),
  };
  const names = Array.from({ length: kind.resources }, (_, index) => nameOf(index));
  const schemas = Object.fromEntries(
    names.flatMap((name, index) => schemasOf(making, name, names.slice(0, index))),
  );
  const responses = { Missing: response(making, 'There is no such thing.', making.ref('schemas', 'Fault')) };
  const parameters = {
    Limit: parameter(making, 'limit', 'query', {
      type: 'integer',
      minimum: 1,
      default: making.isWrong() ? 0 : 20,
    }),
    Id: parameter(making, 'id', 'path', { type: 'string' }),
  };
  const fault = {
    type: 'object',
    required: ['title'],
    properties: { title: { type: 'string', example: 'Gone' } },
  };
  const head = {
    info: { title: 'Library', version: '1.0.0', description: 'Books and who reads them.' },
    tags: NOUNS.slice(0, 8).map((name) => ({ name, description: `All about a ${name}.` })),
  };
  const paths = Object.fromEntries(names.flatMap((name) => pathsOf(making, name, names)));
  const all = { Fault: fault, ...schemas };
  if (old)
    return {
      swagger: '2.0',
      ...head,
      host: 'library.org',
      schemes: ['https'],
      security: [{ key: [] }],
      paths,
      definitions: all,
      responses,
      parameters,
      securityDefinitions: { key: { type: 'apiKey', name: 'key', in: 'header' } },
    };
  return {
    openapi: kind.version,
    ...head,
    servers: [{ url: 'https://library.org/v1' }],
    security: [{ key: [] }],
    paths,
    components: {
      schemas: all,
      responses,
      parameters,
      securitySchemes: { key: { type: 'apiKey', name: 'key', in: 'header' } },
    },
  };
}

function nameOf(index: number): string {
  const noun = NOUNS[index % NOUNS.length] ?? 'thing';
  return `${noun.charAt(0).toUpperCase()}${noun.slice(1)}${index < NOUNS.length ? '' : String(Math.floor(index / NOUNS.length))}`;
}

function schemasOf(
  making: Making,
  name: string,
  earlier: readonly string[],
): readonly (readonly [string, Data])[] {
  const { random, ref, isWrong } = making;
  const used = earlier.length > 0 && random.chance(0.6) ? random.pick(earlier) : undefined;
  const properties = Object.fromEntries(
    PARTS.filter(() => random.chance(0.6)).map((part) => [part, property(making, part)]),
  );
  const self = random.chance(making.cycles ?? 0) ? { parent: ref('schemas', name) } : {};
  const base = {
    type: 'object',
    ...(isWrong() ? {} : { description: `One ${name.toLowerCase()} as it is stored.` }),
    ...(random.chance(0.5) && { required: ['id'] }),
    properties: {
      id: { type: 'string', ...(random.chance(0.5) && { example: isWrong() ? 17 : 'b-17' }) },
      ...properties,
      ...self,
      ...(used !== undefined && { related: ref('schemas', used) }),
      ...(used !== undefined && { more: { type: 'array', items: ref('schemas', used) } }),
    },
    ...(random.chance(0.3) && { example: { id: isWrong() ? 3 : 'b-3' } }),
  };
  const list = {
    type: 'object',
    properties: {
      items: { type: 'array', ...(isWrong() ? {} : { items: ref('schemas', name) }) },
      next: { type: 'string' },
    },
  };
  const change = {
    allOf: [ref('schemas', name), { type: 'object', properties: { reason: { type: 'string' } } }],
  };
  const all = [
    [name, base],
    [`${name}List`, list],
    [`${name}Change`, change],
  ] as const;
  return isWrong() ? [...all, [`${name}Unused`, base]] : all;
}

function property({ random, isWrong, version }: Making, part: string): Data {
  const about = isWrong()
    ? { description: 'See <script>it</script>.' }
    : { description: `The ${part} as people say it.` };
  switch (part) {
    case 'pages':
    case 'rating':
      return { type: 'integer', minimum: 0, example: isWrong() ? 'many' : 3, ...about };
    case 'status':
      return {
        type: 'string',
        enum: isWrong() ? ['in', 'in', 2] : ['in', 'out', 'lost'],
        default: 'in',
        ...about,
      };
    case 'createdAt':
      return {
        type: 'string',
        format: 'date-time',
        example: isWrong() ? 'today' : '2026-01-02T03:04:05Z',
        ...about,
      };
    case 'email':
      return { type: 'string', format: 'email', ...(random.chance(0.5) && { example: 'a@b.org' }), ...about };
    case 'price':
      return version === '3.1.0'
        ? { type: ['number', 'null'], ...about }
        : { type: 'number', ...(version === '3.0.3' && { nullable: true }), ...about };
    default:
      return { type: 'string', ...(random.chance(0.3) && { minLength: 1, maxLength: 80 }), ...about };
  }
}

function pathsOf(
  making: Making,
  name: string,
  names: readonly string[],
): readonly (readonly [string, Data])[] {
  const { random, ref, isWrong } = making;
  const path = `/${name.toLowerCase()}s`;
  const operation = (id: string, extra: Data): Data => ({
    ...(isWrong() ? {} : { operationId: isWrong() ? 'same' : `${id}${name}` }),
    ...(isWrong() ? {} : { summary: `${id} of ${name}` }),
    description: `What ${id} does with a ${name}, in a few words: it is done at once,\nand what it was before is kept.`,
    tags: [isWrong() ? 'nothing' : random.pick(NOUNS.slice(0, 8))],
    ...(random.chance(0.2) && { security: [{ [isWrong() ? 'lock' : 'key']: [] }] }),
    ...extra,
  });
  const own = isWrong() ? ref('schemas', random.pick(names)) : ref('schemas', name);
  const done = response(making, 'Done.', own);
  const missing = isWrong() ? ref('responses', 'Nowhere') : ref('responses', 'Missing');
  return [
    [
      isWrong() ? `${path}/` : path,
      {
        get: operation('list', {
          parameters: [
            ref('parameters', 'Limit'),
            parameter(making, 'sort', 'query', { type: 'string', enum: ['asc', 'desc'] }),
          ],
          responses: { '200': response(making, 'A page.', ref('schemas', `${name}List`)) },
        }),
        post: operation('create', {
          ...body(making, ref('schemas', `${name}Change`)),
          responses: { '201': done },
        }),
      },
    ],
    [
      `${path}/{id}`,
      {
        ...(isWrong() ? {} : { parameters: [ref('parameters', 'Id')] }),
        get: operation('read', { responses: { '200': done, '404': missing } }),
        delete: operation('remove', {
          responses: { [isWrong() ? 'default' : '204']: { description: 'Gone.' } },
        }),
      },
    ],
  ];
}

function parameter({ version, isWrong }: Making, name: string, place: string, schema: Data): Data {
  const head = {
    name,
    in: isWrong() ? 'body' : place,
    ...(place === 'path' && !isWrong() && { required: true }),
  };
  const about = isWrong() ? {} : { description: `Which ${name}.` };
  return version === '2.0' ? { ...head, ...about, ...schema } : { ...head, ...about, schema };
}

function response({ version, random, isWrong }: Making, description: string, schema: Data): Data {
  const about = isWrong() ? {} : { description };
  if (version === '2.0') return { ...about, schema };
  const example = random.chance(0.4) ? { example: { id: isWrong() ? 5 : 'b-5' } } : {};
  return { ...about, content: { 'application/json': { schema, ...example } } };
}

function body({ version }: Making, schema: Data): Data {
  return version === '2.0'
    ? { parameters: [{ name: 'body', in: 'body', schema }] }
    : { requestBody: { required: true, content: { 'application/json': { schema } } } };
}
