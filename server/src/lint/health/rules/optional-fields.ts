import type { DocNode } from '../../../contract/facts.ts';
import { topKey } from '../api.ts';
import { defineHealthRule } from '../define-health-rule.ts';
import { isSuccess, jsonSchemas, objectView, reachedSchemas } from '../schemas.ts';
import type { Part, Place } from '../sections.ts';

/** Schemas of answers, each with the key of its response. */
type Look = readonly { readonly schema: Part; readonly at: Place }[];

export const optionalFields = defineHealthRule({
  id: 'health/optional-fields',
  title: 'Every field of a large answer may be missing',
  docs: `Whoever reads the answer has to check each field, and a server that forgets one breaks no promise. Fields are optional
in JSON Schema unless \`required\` lists them, so this is mostly nobody's decision: list what is always there.

Speaks of objects in answers (2XX, JSON) with at least eight fields and nothing \`required\`. Silent about requests, where
all that may be left out is a promise worth making, and about objects that leave open what they are.`,
  severity: 'info',
  look({ responses }): Look | undefined {
    const answers = responses
      .filter(isSuccess)
      .flatMap((response) => jsonSchemas(response).map((schema) => ({ schema, at: response.at })));
    return answers.length > 0 ? answers : undefined;
  },
  *check(api, { looks }) {
    for (const { schema, at } of reachedSchemas(api, looks.flat(), mayBeLarge)) {
      const { properties, required, open } = objectView(api, schema);
      if (open || properties.size < many || required.size > 0) continue;
      const first = [...properties.keys()].slice(0, 3).join(', ');
      yield {
        at,
        subject: `{${first}, …}`,
        message: `None of the ${properties.size} fields of this answer is \`required\` (${first}, …): a client has to check each.`,
        pile: 'optional',
      };
    }
  },
  together: (api, { count }) => ({
    at: topKey(api, ['components', 'schemas'], ['definitions'], ['paths']),
    message: `${count} objects of answers have no \`required\` field among eight or more: a client has to check each.`,
  }),
  valid: [
    {
      name: 'what is always there is said',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Teas, version: '1' }
servers: [{ url: /v1 }]
paths:
  /tea:
    get:
      responses: { '200': { description: a tea, content: { application/json: { schema: { $ref: '#/components/schemas/Tea' } } } } }
components:
  schemas:
    Tea:
      required: [a, b]
      properties: { a: {}, b: {}, c: {}, d: {}, e: {}, f: {}, g: {}, h: {} }
`,
    },
    {
      name: 'few fields, and a request',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Teas, version: '1' }
servers: [{ url: /v1 }]
security: []
paths:
  /tea:
    patch:
      requestBody: { content: { application/json: { schema: { properties: { a: {}, b: {}, c: {}, d: {}, e: {}, f: {}, g: {}, h: {} } } } } }
      responses:
        default: { description: what went wrong }
        '200': { description: a tea, content: { application/json: { schema: { properties: { a: {} } } } } }
`,
    },
  ],
  invalid: [
    {
      name: 'eight fields, none of them sure',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Teas, version: '1' }
servers: [{ url: /v1 }]
paths:
  /tea:
    get:
      responses: { '200': { description: a tea, content: { application/json: { schema: { $ref: '#/components/schemas/Tea' } } } } }
components:
  schemas:
    Tea:
   #^^^ health/optional-fields
      properties: { a: {}, b: {}, c: {}, d: {}, e: {}, f: {}, g: {}, h: {} }
`,
    },
    {
      name: 'put together, inside of another',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Teas, version: '1' }
servers: [{ url: /v1 }]
paths:
  /tea:
    get:
      responses:
        '200':
          description: a tea
          content:
            application/json:
              schema:
                required: [tea]
                properties:
                  tea:
                 #^^^ health/optional-fields
                    allOf:
                      - { properties: { a: {}, b: {}, c: {}, d: {} } }
                      - { properties: { e: {}, f: {}, g: {}, h: {} } }
`,
    },
  ],
});

const many = 8;

/** A quick look: most schemas are values. */
function mayBeLarge(node: DocNode): boolean {
  return (
    node.kind === 'map' &&
    node.entries.some(
      ({ key, value }) =>
        key === 'allOf' || (key === 'properties' && value.kind === 'map' && value.entries.length >= many),
    )
  );
}
