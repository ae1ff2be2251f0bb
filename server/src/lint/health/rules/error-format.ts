import { defineHealthRule, nameOf } from '../define-health-rule.ts';
import { isFailure, jsonSchemas, objectView } from '../schemas.ts';
import type { Place } from '../sections.ts';

interface Body {
  readonly fields: ReadonlySet<string>;
  readonly at: Place;
  /** The response that has it. */
  readonly first: string;
}

type Look = readonly Body[];

/** With the response that has it first. */
interface Format extends Body {
  count: number;
}

export const errorFormat = defineHealthRule({
  id: 'health/error-format',
  title: 'Errors come in several formats',
  docs: `A client needs a second way to read what went wrong, finds out at run time which one it got, and shows
"undefined" until then. One format for all operations is what helps; RFC 9457 (\`application/problem+json\` with \`type\`,
\`title\`, \`status\`, \`detail\`, \`instance\`) is one that needs no explaining.

Formats are compared by the names of their fields. One that only adds fields to another is the same format, as RFC 9457
lets it be. Silent about bodies without fields, and about those that leave open what they are (\`oneOf\`, \`anyOf\`,
\`additionalProperties\`). Which format is used is not judged.`,
  severity: 'warning',
  look(operation, reading): Look | undefined {
    const bodies = operation.responses.filter(isFailure).flatMap((response) =>
      jsonSchemas(response).flatMap((schema) => {
        const { properties, open } = objectView(reading, schema);
        if (open || properties.size === 0) return [];
        const first = `${nameOf(operation)} ${response.status}`;
        return [{ fields: new Set(properties.keys()), at: response.at, first }];
      }),
    );
    return bodies.length > 0 ? bodies : undefined;
  },
  *check(_, { looks }) {
    const [most, ...others] = formatsOf(looks.flat());
    const rarest = others.at(-1);
    if (!most || !rarest) return;
    const all = [most, ...others];
    const listed = all.slice(0, shown).map(({ fields, count }) => `${named(fields)} in ${times(count)}`);
    const rest = all.length - listed.length;
    yield {
      at: rarest.at,
      subject: rarest.first,
      message: `Errors come in ${all.length} formats: ${listed.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}. A client has to read each of them.`,
      related: all
        .slice(0, linked)
        .map(({ at, fields, first }) => ({ at, note: `${named(fields)}, ${first}` })),
    };
  },
  valid: [
    {
      name: 'one that adds to the other',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Teas, version: '1' }
servers: [{ url: /v1 }]
paths:
  /teas:
    get:
      responses:
        '200': { description: all teas }
        '400':
          description: not like this
          content:
            application/json:
              schema: { type: object, properties: { code: { type: string }, message: { type: string }, field: { type: string } } }
    delete:
      responses:
        '204': { description: gone }
        '403':
          description: not you
          content:
            application/json:
              schema: { type: object, properties: { code: { type: string }, message: { type: string } } }
`,
    },
    {
      name: 'nothing is said of what is in an error',
      files: `
//- swagger.yaml
swagger: '2.0'
info: { title: Teas, version: '1' }
basePath: /v1
paths:
  /teas:
    get:
      responses:
        200: { description: all teas }
        400: { description: not like this, schema: { type: object } }
        500: { description: broken, schema: { type: object, properties: { message: { type: string } } } }
`,
    },
  ],
  invalid: [
    {
      name: 'two formats in one API',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Teas, version: '1' }
servers: [{ url: /v1 }]
paths:
  /teas:
    get:
      responses:
        '200': { description: all teas }
        '400': { $ref: '#/components/responses/Problem' }
    delete:
      responses:
        '204': { description: gone }
        '400': { $ref: '#/components/responses/Problem' }
        '403':
       #^^^^^ health/error-format
          description: not you
          content:
            application/json:
              schema: { type: object, properties: { error: { type: string } } }
components:
  responses:
    Problem:
      description: not like this
      content:
        application/problem+json:
          schema: { type: object, properties: { title: { type: string }, detail: { type: string } } }
`,
    },
    {
      name: 'put together by allOf, in OpenAPI 2.0',
      files: `
//- swagger.yaml
swagger: '2.0'
info: { title: Teas, version: '1' }
basePath: /v1
paths:
  /teas:
    get:
      responses:
        200: { description: all teas }
        400:
          description: not like this
          schema: { allOf: [{ $ref: '#/definitions/Message' }, { properties: { code: { type: integer } } }] }
        404: { description: no teas, schema: { $ref: '#/definitions/Message' } }
        500:
       #^^^ health/error-format
          description: broken
          schema: { properties: { stack: { type: string } } }
definitions:
  Message: { type: object, properties: { message: { type: string } } }
`,
    },
  ],
});

/** Formats in the message, and those that it leads to. */
const shown = 3;
const linked = 6;

/** Most frequent first. */
function formatsOf(bodies: readonly Body[]): readonly Format[] {
  const formats: Format[] = [];
  const byFields = new Map<string, Format>();
  for (const body of bodies) {
    const { fields } = body;
    const text = [...fields].join('\0');
    let format =
      byFields.get(text) ??
      formats.find((known) => contains(known.fields, fields) || contains(fields, known.fields));
    if (!format) formats.push((format = { ...body, count: 0 }));
    format.count += 1;
    byFields.set(text, format);
  }
  return formats.sort((a, b) => b.count - a.count);
}

function contains(all: ReadonlySet<string>, some: ReadonlySet<string>): boolean {
  return [...some].every((each) => all.has(each));
}

function named(fields: ReadonlySet<string>): string {
  const names = [...fields];
  return `{${names.slice(0, 4).join(', ')}${names.length > 4 ? ', …' : ''}}`;
}

function times(count: number): string {
  return count === 1 ? '1 response' : `${count} responses`;
}
