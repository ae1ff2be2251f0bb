import type { DocEntry, DocNode } from '../../../contract/facts.ts';
import { valueOf } from '../../../text/document-node.ts';
import { keyPlace, topKey, type Reading } from '../api.ts';
import { defineHealthRule, nameOf } from '../define-health-rule.ts';
import type { ApiOperation } from '../operations.ts';
import type { Part } from '../sections.ts';

/** Schemas that nest too deeply, in an operation or under a name. */
interface Look {
  readonly subject: string;
  readonly bodies: readonly Part[];
}

export const nesting = defineHealthRule({
  id: 'health/nesting',
  title: 'Objects without a name are nested deeply',
  docs: `An object that is written inside of another has no name: generated clients call it
\`Order200ResponseItemsInnerPriceTax\`, it cannot be used twice, and a change in one copy is missed in the next. Give inner
objects a name with \`$ref\`.

Counted is only what is written in place: a \`$ref\` begins anew. More than four levels of objects are a note, at the first
key that is too deep, once a schema.`,
  severity: 'info',
  look(operation, reading): Look | undefined {
    const bodies = bodiesOf(reading, operation).filter(({ node }) => tooDeep(reading, node));
    return bodies.length > 0 ? { subject: nameOf(operation), bodies } : undefined;
  },
  *check(api, { looks }) {
    const known = new Set<DocNode>();
    const named = api.schemas.map(({ key, value }): Look => ({ subject: key, bodies: [value] }));
    for (const { subject, bodies } of [...named, ...looks])
      for (const { node, section } of bodies) {
        const found = known.has(node) ? undefined : tooDeep(api, node);
        known.add(node);
        if (found)
          yield {
            at: keyPlace(section, found),
            subject,
            message: `${subject} nests more than ${deepestFine} levels of objects without a name: \`${found.key}\` could be a schema of its own.`,
            pile: 'deep',
          };
      }
  },
  together: (api, { count, listed }) => ({
    at: topKey(api, ['components', 'schemas'], ['definitions'], ['paths']),
    message: `${count} schemas nest more than ${deepestFine} levels of objects without a name: ${listed}.`,
  }),
  valid: [
    {
      name: 'inner objects have names',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Teas, version: '1' }
servers: [{ url: /v1 }]
paths: {}
components:
  schemas:
    Order: { properties: { line: { properties: { tea: { properties: { price: { $ref: '#/components/schemas/Price' } } } } } } }
    Price: { properties: { tax: { properties: { rate: { properties: { share: { type: number } } } } } } }
`,
    },
    {
      name: 'lists of lists of values',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Teas, version: '1' }
servers: [{ url: /v1 }]
paths: {}
components:
  schemas:
    Grid: { type: array, items: { type: array, items: { type: array, items: { type: number } } } }
`,
    },
  ],
  invalid: [
    {
      name: 'five levels',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Teas, version: '1' }
servers: [{ url: /v1 }]
paths: {}
components:
  schemas:
    Order:
      properties:
        line:
          properties:
            tea:
              properties:
                price:
                  properties:
                    tax:
                   #^^^ health/nesting
                      properties: { rate: { type: number } }
`,
    },
    {
      name: 'through lists, in a body',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Teas, version: '1' }
servers: [{ url: /v1 }]
paths:
  /orders:
    get:
      parameters: [{ name: page, in: query, schema: { type: integer } }]
      responses:
        default: { description: what went wrong }
        '200':
          description: orders, without a rate limit
          content:
            application/json:
              schema:
                type: array
                items:
                  properties:
                    lines:
                      type: array
                      items:
                        properties:
                          tea:
                            properties:
                              price:
                                properties:
                                  tax:
                                 #^^^ health/nesting
                                    properties: { rate: { type: number } }
`,
    },
  ],
});

const deepestFine = 4;

/** With a name or without. */
function bodiesOf({ entries, get }: Reading, { value, responses }: ApiOperation): readonly Part[] {
  const request = entries(get(value, 'requestBody', 'content'));
  return [
    ...request.flatMap(({ value: media }) => get(media, 'schema') ?? []),
    ...responses.flatMap(({ schemas }) => schemas.map(({ schema }) => schema)),
  ];
}

function tooDeep({ once }: Reading, node: DocNode): DocEntry | undefined {
  return once(node, tooDeep, () => deepIn(node, 0));
}

/** The key of the first object on a level too many. `depth` counts the objects around it. */
function deepIn(node: DocNode, depth: number): DocEntry | undefined {
  const schema = listed(node);
  const properties = valueOf(schema, 'properties');
  if (properties?.kind !== 'map') return undefined;
  for (const property of properties.entries) {
    if (!isObject(listed(property.value))) continue;
    const found = depth + 1 >= deepestFine ? property : deepIn(property.value, depth + 1);
    if (found) return found;
  }
  return undefined;
}

/** What a list, or a list of lists, is a list of. A reference is not followed: what it leads to has a name. */
function listed(node: DocNode): DocNode {
  const items = valueOf(node, 'items');
  return items ? listed(items) : node;
}

function isObject(node: DocNode): boolean {
  const properties = valueOf(node, 'properties');
  return properties?.kind === 'map' && properties.entries.length > 0;
}
