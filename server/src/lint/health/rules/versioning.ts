import { stringOf } from '../../../text/document-node.ts';
import { topKey, type Api } from '../api.ts';
import { defineHealthRule } from '../define-health-rule.ts';
import type { ApiOperation } from '../operations.ts';

export const versioning = defineHealthRule({
  id: 'health/versioning',
  title: 'Nothing in a request says which version of the API is meant',
  docs: `A breaking change then has no place beside the old API: it breaks whoever did not change on the same day. In a study
of 3,075 evolving APIs only a sixth raised their major version with every breaking change. Which way is chosen matters
less than that there is one.

A version may stand in the path or the host of a server (\`/v1\`), in paths, in a header or query parameter
(\`Api-Version\`), or in a media type (\`application/vnd.tea.v1+json\`); any of them silences the rule. \`info.version\` does
not: it is the version of the document. Turn the rule off where guidelines ask for compatible evolution without versions.`,
  severity: 'info',
  look: (operation) => (isVersioned(operation) ? true : undefined),
  *check(api, { looks, operations }) {
    if (operations === 0 || looks.length > 0 || serversAreVersioned(api)) return;
    yield {
      at: topKey(api, ['info', 'version'], ['info'], ['paths']),
      subject: 'the API',
      message:
        'No server, path, parameter or media type carries a version: a breaking change cannot stand beside the old API.',
    };
  },
  valid: [
    {
      name: 'in the address of the server',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Teas, version: '1.4.2' }
servers: [{ url: 'https://tea.example/v1' }]
paths:
  /teas:
    get: { responses: { '200': { description: all teas } } }
`,
    },
    {
      name: 'in a header',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Teas, version: '1.4.2' }
paths:
  /teas:
    get:
      parameters: [{ name: Tea-Api-Version, in: header, schema: { type: string } }]
      responses: { '200': { description: all teas } }
`,
    },
    {
      name: 'in a media type',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Teas, version: '1.4.2' }
paths:
  /teas:
    get:
      responses:
        '200': { description: all teas, content: { application/vnd.tea.v2+json: { schema: { type: object } } } }
`,
    },
  ],
  invalid: [
    {
      name: 'only the document has a version',
      files: `
//- openapi.yaml
openapi: 3.1.0
info:
  title: Teas
  version: 1.4.2
 #^^^^^^^ health/versioning
servers: [{ url: 'https://tea.example/api' }]
paths:
  /teas:
    get: { responses: { '200': { description: all teas } } }
`,
    },
    {
      name: 'a base path without one',
      files: `
//- swagger.yaml
swagger: '2.0'
info:
  title: Teas
  version: '1'
 #^^^^^^^ health/versioning
host: tea.example
basePath: /api
paths:
  /teas:
    get: { responses: { '200': { description: all teas } } }
`,
    },
  ],
});

/** `v1`, `v1.2`, `v1beta1`, `1.0`, `2024-08-01`, `{version}`. */
const segment =
  /^(?:v\d+(?:[._-]\d+)*(?:(?:alpha|beta)\d*)?|\d+\.\d+|\d{4}-\d{2}(?:-\d{2})?|\{.*version.*\})$/i;
const host = /(?:^|[.-])v\d+(?:[.-]|$)/i;

function isVersionedPath(path: string): boolean {
  return path.split(/[/?#]/).some((each) => segment.test(each));
}

function serversAreVersioned(api: Api): boolean {
  const textAt = (...keys: readonly string[]): string => stringOf(api.get(api.root, ...keys)?.node) ?? '';
  if (host.test(textAt('host')) || isVersionedPath(textAt('basePath'))) return true;
  return api.items(api.get(api.root, 'servers')).some((server) => {
    const url = stringOf(api.get(server, 'url')?.node) ?? '';
    const [, authority = '', path = url] = /^[a-z][a-z0-9+.-]*:\/\/([^/]*)(.*)$/i.exec(url) ?? [];
    const variables = api.entries(api.get(server, 'variables'));
    return host.test(authority) || isVersionedPath(path) || variables.some(({ key }) => /version/i.test(key));
  });
}

function isVersioned({ path, parameters, responses }: ApiOperation): boolean {
  return (
    isVersionedPath(path) ||
    parameters.some(({ name, in: where }) => where !== 'path' && /(?:^|[-_]|api)v(?:ersion)?$/i.test(name)) ||
    responses.some(({ schemas }) =>
      schemas.some(({ mediaType }) => /[.;]\s*(?:v\d|version=|v=)/i.test(mediaType)),
    )
  );
}
