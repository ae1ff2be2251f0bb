import { stringOf } from '../../../text/document-node.ts';
import { topKey, type Api } from '../api.ts';
import { defineHealthRule, nameOf, type Detection } from '../define-health-rule.ts';
import type { ApiResponse } from '../operations.ts';

/** An operation that speaks of limits. */
interface Look {
  /** It leaves open how long to wait. */
  readonly open?: Detection;
}

export const rateLimits = defineHealthRule({
  id: 'health/rate-limits',
  title: 'How often a client may call is not said, or not how long to wait',
  docs: `Clients learn the limit when they are cut off, and answer 429 with more calls. A documented 429 with \`Retry-After\`
(RFC 9110, 10.2.3) lets a client wait instead of guess; \`RateLimit\` and \`RateLimit-Policy\` (a draft of the IETF, not
final) say more.

One note for a document that never speaks of a limit, and a note for each 429 that says nothing about how long to wait.
The first is for APIs with a public address (a server that is not \`localhost\` or relative) and at least five operations,
and a description that speaks of rate limits or throttling silences it.`,
  severity: 'info',
  look(operation, { get }): Look | undefined {
    const { responses, value } = operation;
    const tooMany = responses.find(({ status }) => status === '429');
    if (!tooMany) return responses.some(limits) || speaksOf(get(value, 'description')?.node) ? {} : undefined;
    if (limits(tooMany) || speaksOf(get(tooMany.value, 'description')?.node, waiting)) return {};
    const subject = nameOf(operation);
    return {
      open: {
        at: tooMany.at,
        subject,
        message: `${subject} answers 429 and does not say how long to wait: a \`Retry-After\` header would.`,
        pile: 'wait',
      },
    };
  },
  *check(api, { looks, operations }) {
    for (const { open } of looks) if (open) yield open;
    if (looks.length === 0 && operations >= fewest && isPublic(api) && !describes(api))
      yield {
        at: topKey(api, ['paths']),
        subject: 'the API',
        message:
          'Nothing says how often a client may call: document 429 with `Retry-After`, or say in the description that there is no limit.',
      };
  },
  together: (api, { count, listed }) => ({
    at: topKey(api, ['paths']),
    message: `${count} operations answer 429 and do not say how long to wait: ${listed}. A \`Retry-After\` header would.`,
  }),
  valid: [
    {
      name: 'a limit with how long to wait',
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
        '429':
          description: too many calls
          headers: { Retry-After: { schema: { type: integer } } }
`,
    },
    {
      name: 'said in words',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Teas, version: '1', description: There is no rate limit. }
servers: [{ url: 'https://tea.example/v1' }]
paths:
  /teas:
    get: { responses: { '200': { description: all teas } } }
    put: { responses: { '200': { description: other teas } } }
    post: { responses: { '201': { description: one more } } }
    patch: { responses: { '200': { description: all changed } } }
    delete: { responses: { '204': { description: no teas } } }
`,
    },
  ],
  invalid: [
    {
      name: 'no word of it',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Teas, version: '1' }
servers: [{ url: 'https://tea.example/v1' }]
paths:
#^^^^ health/rate-limits
  /teas:
    get: { responses: { '200': { description: all teas } } }
    put: { responses: { '200': { description: other teas } } }
    post: { responses: { '201': { description: one more } } }
    patch: { responses: { '200': { description: all changed } } }
    delete: { responses: { '204': { description: no teas } } }
`,
    },
    {
      name: 'too many, and then?',
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
        '429': { description: too many calls }
       #^^^^^ health/rate-limits
`,
    },
  ],
});

/** Below that it is a sketch. */
const fewest = 5;

const limit = /rate[\s-]*limit|throttl|quota|requests per/i;
const waiting = /retry|wait|\bper\s+(?:second|minute|hour|day)/i;

function isPublic(api: Api): boolean {
  const urls = api.items(api.get(api.root, 'servers')).map((server) => api.get(server, 'url')?.node);
  const host = stringOf(api.get(api.root, 'host')?.node);
  return [
    ...urls.map((node) => stringOf(node) ?? ''),
    ...(host === undefined ? [] : [`https://${host}`]),
  ].some((url) => /^https?:\/\/(?!localhost|127\.|0\.0\.0\.0|\[?::1|\{)[^/]*\./i.test(url));
}

function limits({ headers }: ApiResponse): boolean {
  return headers.some((header) => /^retry-after$|rate-?limit/.test(header));
}

function describes(api: Api): boolean {
  const tags = api.items(api.get(api.root, 'tags'));
  return [api.get(api.root, 'info'), ...tags].some((part) => speaksOf(api.get(part, 'description')?.node));
}

function speaksOf(node: Parameters<typeof stringOf>[0], of = limit): boolean {
  return of.test(stringOf(node) ?? '');
}
