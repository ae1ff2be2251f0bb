import { topKey } from '../api.ts';
import { defineHealthRule, nameOf } from '../define-health-rule.ts';
import type { ApiOperation } from '../operations.ts';

interface Look {
  readonly operation: ApiOperation;
  /** It has `security` of its own, be it an empty list. */
  readonly isSaying: boolean;
}

export const security = defineHealthRule({
  id: 'health/security',
  title: 'Who may call is not said, or not everywhere',
  docs: `A client finds out by 401s which operations need a login, and a reviewer cannot see which one was forgotten. Say it
once with \`security\` at the top, and write \`security: []\` at the operations that are open to everybody: then an empty
list is a decision and its absence is none.

A warning where schemes are declared and nothing uses them, and at the few operations that say nothing where nearly all
others do (at least five, and nine of ten). A note where an API that changes things declares no scheme at all. An
operation with \`security: []\`, and a document with it at the top, have said it.`,
  severity: 'warning',
  look(operation, { get }): Look {
    const isSaying = get(operation.value, 'security') !== undefined;
    return { operation, isSaying };
  },
  *check(api, { looks, operations }) {
    if (operations === 0) return;
    const everywhere = api.get(api.root, 'security');
    const schemes = api.entries(
      api.get(api.root, 'components', 'securitySchemes') ?? api.get(api.root, 'securityDefinitions'),
    );
    const saying = looks.filter(({ isSaying }) => isSaying).length;
    if (everywhere === undefined && saying === 0) {
      const [first] = schemes;
      if (first)
        yield {
          at: topKey(api, ['components', 'securitySchemes'], ['securityDefinitions']),
          subject: first.key,
          message: `${schemes.length === 1 ? `The scheme ${first.key} is` : 'Security schemes are'} declared, and no operation uses ${schemes.length === 1 ? 'it' : 'one'}: as it stands, anybody may call everything.`,
        };
      else if (looks.some(changes) && !looks.some(takesCredentials))
        yield {
          at: topKey(api, ['paths']),
          subject: 'the API',
          message:
            'Nothing says who may call: declare a security scheme, or write `security: []` at the top if anybody may.',
          severity: 'info',
        };
      return;
    }
    if (everywhere !== undefined || saying < fewest) return;
    const silent = looks.filter(({ isSaying }) => !isSaying);
    if (silent.length > operations * forgotten) return;
    for (const { operation } of silent) {
      const subject = nameOf(operation);
      yield {
        at: operation.at,
        subject,
        message: `${subject} says nothing about security, where ${saying} of ${operations} operations do. If anybody may call it, \`security: []\` says so.`,
        pile: 'silent',
      };
    }
  },
  together: (api, { count, listed, operations }) => ({
    at: topKey(api, ['paths']),
    message: `${count} of ${operations} operations say nothing about security, where all others do: ${listed}. If anybody may call them, \`security: []\` says so.`,
  }),
  valid: [
    {
      name: 'said once, and where it is otherwise',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Teas, version: '1' }
servers: [{ url: /v1 }]
security: [{ session: [] }]
paths:
  /login:
    post: { security: [], responses: { '204': { description: you are in } } }
  /teas:
    post: { responses: { '201': { description: one more } } }
components:
  securitySchemes:
    session: { type: apiKey, in: cookie, name: sid }
`,
    },
    {
      name: 'nothing to protect',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Teas, version: '1' }
servers: [{ url: /v1 }]
paths:
  /teas:
    get: { responses: { '200': { description: all teas } } }
`,
    },
  ],
  invalid: [
    {
      name: 'declared and not used',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Teas, version: '1' }
servers: [{ url: /v1 }]
paths:
  /teas:
    get: { responses: { '200': { description: all teas } } }
components:
  securitySchemes:
 #^^^^^^^^^^^^^^^ health/security
    session: { type: apiKey, in: cookie, name: sid }
`,
    },
    {
      name: 'one of many was forgotten',
      files: `
//- swagger.yaml
swagger: '2.0'
info: { title: Teas, version: '1' }
basePath: /v1
securityDefinitions:
  session: { type: apiKey, in: header, name: sid }
paths:
  /teas:
    get: { security: [{ session: [] }], responses: { 200: { description: all teas } } }
    post: { security: [{ session: [] }], responses: { 201: { description: one more } } }
    patch: { security: [{ session: [] }], responses: { 200: { description: all changed } } }
    delete: { security: [{ session: [] }], responses: { 204: { description: all gone } } }
  /cups:
    get: { security: [{ session: [] }], responses: { 200: { description: all cups } } }
    post: { security: [{ session: [] }], responses: { 201: { description: one more } } }
    patch: { security: [{ session: [] }], responses: { 200: { description: all changed } } }
    delete: { responses: { 204: { description: all gone } } }
   #^^^^^^ health/security
  /pots:
    get: { security: [{ session: [] }], responses: { 200: { description: all pots } } }
    post: { security: [{ session: [] }], responses: { 201: { description: one more } } }
`,
    },
    {
      name: 'nothing is said at all',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Teas, version: '1' }
servers: [{ url: /v1 }]
paths:
#^^^^ health/security
  /teas:
    post: { responses: { '201': { description: one more } } }
`,
    },
  ],
});

/** So many have to say something before silence is a slip, and at most this share may be silent. */
const fewest = 5;
const forgotten = 0.1;

function changes({ operation: { method } }: Look): boolean {
  return /^(?:POST|PUT|PATCH|DELETE)$/.test(method);
}

/** Credentials as parameters are a way to say it, if not the best. */
function takesCredentials({ operation: { parameters } }: Look): boolean {
  return parameters.some(({ name }) => /authori[sz]ation|api-?_?key|token|session|cookie/i.test(name));
}
