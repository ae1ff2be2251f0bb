import { stringOf } from '../../../text/document-node.ts';
import { topKey, type Reading } from '../api.ts';
import { defineHealthRule, nameOf, type Detection } from '../define-health-rule.ts';
import type { ApiOperation } from '../operations.ts';

export const deprecation = defineHealthRule({
  id: 'health/deprecation',
  title: 'An operation is deprecated, and nothing says until when it works',
  docs: `\`deprecated: true\` tells readers to go and not when they have to be gone, so they stay. Of 41,627 APIs in a study, a
quarter removed operations without any notice and one in 160 announced it first. Send \`Sunset\` (RFC 8594) with the date and
\`Deprecation\` (RFC 9745) with the day it began, document both as headers of the responses, and name what to use instead in
the description.

Silent where a response has one of these headers, where an \`x-sunset\` is there, and where the description names a date, a
version, or says when it goes.`,
  severity: 'info',
  look(operation, reading): Detection | undefined {
    if (!isDeprecated(reading, operation) || saysWhen(reading, operation)) return undefined;
    const subject = nameOf(operation);
    return {
      at: operation.at,
      subject,
      message: `${subject} is deprecated, and nothing says until when it works: a \`Sunset\` header (RFC 8594) would.`,
      pile: 'deprecated',
    };
  },
  check: (_, { looks }) => looks,
  together: (api, { count, listed }) => ({
    at: topKey(api, ['paths']),
    message: `${count} operations are deprecated, and nothing says until when they work: ${listed}. A \`Sunset\` header (RFC 8594) would.`,
  }),
  valid: [
    {
      name: 'with its headers',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Teas, version: '1', description: No rate limit. }
servers: [{ url: /v1 }]
paths:
  /teas:
    get:
      deprecated: true
      responses:
        '200':
          description: all teas
          headers:
            Deprecation: { schema: { type: string }, example: '@1798761600' }
            Sunset: { schema: { type: string }, example: 'Wed, 30 Jun 2027 00:00:00 GMT' }
`,
    },
    {
      name: 'in words',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Teas, version: '1', description: No rate limit. }
servers: [{ url: /v1 }]
paths:
  /teas:
    get: { deprecated: true, description: Goes away in June 2027., responses: { '200': { description: all teas } } }
`,
    },
  ],
  invalid: [
    {
      name: 'deprecated, and that is all',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Teas, version: '1', description: No rate limit. }
servers: [{ url: /v1 }]
paths:
  /teas:
    get:
   #^^^ health/deprecation
      deprecated: true
      responses: { '200': { description: all teas } }
`,
    },
    {
      name: 'it says what to use, and not when',
      files: `
//- swagger.yaml
swagger: '2.0'
info: { title: Teas, version: '1', description: No rate limit. }
basePath: /v1
paths:
  /teas:
    get:
   #^^^ health/deprecation
      deprecated: true
      description: Use /infusions instead.
      responses: { 200: { description: all teas } }
`,
    },
  ],
});

const when = /\b20\d\d\b|\bv(?:ersion )?\d|\d+\.\d+|sunset|will be (?:removed|deleted|dropped)|end of life/i;

function isDeprecated({ get }: Reading, { value }: ApiOperation): boolean {
  const node = get(value, 'deprecated')?.node;
  return node?.kind === 'scalar' && node.value === true;
}

function saysWhen({ entries, get }: Reading, { value, responses }: ApiOperation): boolean {
  const texts = ['description', 'summary'].map((key) => stringOf(get(value, key)?.node) ?? '');
  return (
    responses.some(({ headers }) =>
      headers.some((header) => header === 'sunset' || header === 'deprecation'),
    ) ||
    entries(value).some(({ key }) => /^x-.*sunset/i.test(key)) ||
    texts.some((text) => when.test(text))
  );
}
