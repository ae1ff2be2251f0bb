import { topKey } from '../api.ts';
import { defineHealthRule, nameOf, type Detection } from '../define-health-rule.ts';
import { isFailure } from '../schemas.ts';

export const undocumentedErrors = defineHealthRule({
  id: 'health/undocumented-errors',
  title: 'An operation that can fail documents no failure',
  docs: `A client cannot tell "no such order" from "try again later", and generated clients have no type for either. One
\`default\` response with the error format is enough, and better than listing 401 and 500 at every operation: that is why
the rule asks for any of 4XX, 5XX or \`default\` and for no status in particular.

Silent about operations that take nothing (no parameter, no body) and about those without responses at all.`,
  severity: 'warning',
  look(operation): Detection | undefined {
    const { parameters, hasBody, responses, at } = operation;
    const takes = parameters.length > 0 || hasBody;
    if (!takes || responses.length === 0 || responses.some(isFailure)) return undefined;
    const subject = nameOf(operation);
    return {
      at,
      subject,
      message: `${subject} can fail, and documents no response for it: a \`default\` is enough.`,
      pile: 'errors',
    };
  },
  check: (_, { looks }) => looks,
  together: (api, { count, listed, operations }) => ({
    at: topKey(api, ['paths']),
    message: `${count} of ${operations} operations can fail and document no response for it: ${listed}. A \`default\` response is enough.`,
  }),
  valid: [
    {
      name: 'a default',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Teas, version: '1' }
servers: [{ url: /v1 }]
paths:
  /teas/{id}:
    get:
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: a tea }, default: { description: what went wrong } }
`,
    },
    {
      name: 'nothing to do wrong',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Teas, version: '1' }
servers: [{ url: /v1 }]
paths:
  /health:
    get: { responses: { '200': { description: it lives } } }
`,
    },
  ],
  invalid: [
    {
      name: 'only success',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Teas, version: '1' }
servers: [{ url: /v1 }]
paths:
  /teas/{id}:
    get:
   #^^^ health/undocumented-errors
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: a tea } }
`,
    },
    {
      name: 'several are told as one',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Teas, version: '1' }
servers: [{ url: /v1 }]
paths:
#^^^^ health/undocumented-errors
  /teas/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get: { responses: { '200': { description: a tea } } }
    put: { responses: { '200': { description: the tea as it is now } } }
    delete: { responses: { '204': { description: it is gone } } }
`,
    },
  ],
});
