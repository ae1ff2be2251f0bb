import { topKey, type Reading } from '../api.ts';
import { defineHealthRule, nameOf, type Detection } from '../define-health-rule.ts';
import type { ApiOperation } from '../operations.ts';
import { isSuccess, itemsOf, jsonSchemas, objectView } from '../schemas.ts';
import type { Part } from '../sections.ts';

export const pagination = defineHealthRule({
  id: 'health/pagination',
  title: 'A list does not say how to get the rest of it',
  docs: `Whoever takes the first answer for all there is loses data without an error, and a list that cannot be paged grows
until it times out. Say how to ask for the next page (a cursor is kinder to servers than a page number) and how the
answer tells that there is one.

A warning where an answer speaks of pages (\`hasMore\`, \`nextCursor\`, \`totalPages\`) and no parameter asks for one; a note
where a list of objects has neither. Parameters are recognised by name, \`Link\`, \`Content-Range\` and \`X-Total-Count\`
headers count as an answer. Silent about lists of plain values, which are mostly short.`,
  severity: 'info',
  look(operation, reading): Detection | undefined {
    const answer = operation.method === 'GET' && !canAsk(operation) && listOf(reading, operation);
    if (!answer) return undefined;
    const subject = nameOf(operation);
    const { at } = operation;
    if (answer.sign === undefined)
      return {
        at,
        subject,
        message: `${subject} answers with a list and says nothing about more than one page.`,
        pile: 'lists',
      };
    return {
      at,
      subject,
      message: `${subject} answers with pages (\`${answer.sign}\`) and documents no parameter that asks for the next one.`,
      severity: 'warning',
      pile: 'pages',
    };
  },
  check: (_, { looks }) => looks,
  together: (api, { count, listed, pile }) => ({
    at: topKey(api, ['paths']),
    message:
      pile === 'lists'
        ? `${count} operations answer with a list and say nothing about more than one page: ${listed}.`
        : `${count} operations answer with pages and document no parameter that asks for the next one: ${listed}.`,
  }),
  valid: [
    {
      name: 'a cursor',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Teas, version: '1' }
servers: [{ url: /v1 }]
paths:
  /teas:
    get:
      parameters: [{ name: cursor, in: query, schema: { type: string } }]
      responses:
        '200':
          description: some teas
          content:
            application/json:
              schema:
                type: object
                properties:
                  items: { type: array, items: { type: object } }
                  nextCursor: { type: string }
        default: { description: what went wrong }
`,
    },
    {
      name: 'plain values',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Teas, version: '1' }
servers: [{ url: /v1 }]
paths:
  /colours:
    get:
      responses:
        '200':
          description: all colours
          content: { application/json: { schema: { type: array, items: { type: string } } } }
`,
    },
  ],
  invalid: [
    {
      name: 'a list of all there is',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Teas, version: '1' }
servers: [{ url: /v1 }]
paths:
  /teas:
    get:
   #^^^ health/pagination
      responses:
        '200':
          description: all teas
          content:
            application/json:
              schema: { type: array, items: { type: object, properties: { name: { type: string } } } }
`,
    },
    {
      name: 'pages that nothing asks for',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Teas, version: '1' }
servers: [{ url: /v1 }]
paths:
  /teas:
    get:
   #^^^ health/pagination
      responses:
        '200':
          description: some teas
          content:
            application/json:
              schema:
                type: object
                properties:
                  teas: { type: array, items: { type: object } }
                  meta: { type: object, properties: { hasMore: { type: boolean } } }
`,
    },
  ],
});

const asks =
  /page|limit|offset|cursor|skip|take|token|after|before|since|until|count|size|range|^(?:top|first|last|start|from|to|max|next|n)$|max.?results/i;
const answers = /^(?:link|content-range|x-total-count|x-total|x-next-page)$/;
/** Fields that say that there is more. `next` may be an address, which is a way to ask. */
const signs =
  /^(?:has_?(?:more|next(?:_?page)?)|next_?(?:cursor|page_?token|token)|total_?pages|page_?count)$/i;
const around = /^(?:meta|metadata|pagination|paging|page|page_?info)$/i;
const links = /^(?:_?links|next|next_?(?:link|url|page_?url))$/i;
const lists = /^(?:items|data|results?|rows|list|records|entries|content|values|value|edges|nodes)$/i;

function canAsk({ parameters }: ApiOperation): boolean {
  return parameters.some(
    ({ name, in: where }) => (where === 'query' || where === 'header') && asks.test(name),
  );
}

/** `sign`: the field that speaks of pages. Undefined where the operation answers with no list. */
function listOf(
  reading: Reading,
  { path, responses }: ApiOperation,
): { readonly sign: string | undefined } | undefined {
  const success = responses.find(isSuccess);
  if (!success || success.headers.some((header) => answers.test(header))) return undefined;
  const [schema] = jsonSchemas(success);
  if (!schema) return undefined;
  if (isListOfObjects(reading, schema)) return { sign: undefined };
  const { properties } = objectView(reading, schema);
  const inner = [...properties.values()].filter(({ key }) => around.test(key));
  const names = [
    ...properties.keys(),
    ...inner.flatMap(({ value }) => [...objectView(reading, value).properties.keys()]),
  ];
  if (names.some((name) => links.test(name))) return undefined;
  const arrays = [...properties.values()].filter(({ value }) => itemsOf(reading, value) !== undefined);
  const sign = names.find((name) => signs.test(name));
  if (sign !== undefined && arrays.length > 0) return { sign };
  const last = path.split('/').at(-1) ?? '';
  const [only] = arrays.filter(({ key }) => lists.test(key) || key === last);
  return only && isListOfObjects(reading, only.value) ? { sign: undefined } : undefined;
}

function isListOfObjects(reading: Reading, schema: Part): boolean {
  const items = itemsOf(reading, schema);
  return items !== undefined && objectView(reading, items).properties.size > 0;
}
