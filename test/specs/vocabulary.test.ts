/** The words of OpenAPI against the schemas of each version that Spectral validates with. */

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { SpecVersion } from '../../server/src/specs/openapi/detect.ts';
import { object, type Kind } from '../../server/src/specs/openapi/vocabulary/model.ts';
import {
  fieldsOf,
  isRequired,
  valueAt,
  wordsOf,
} from '../../server/src/specs/openapi/vocabulary/vocabulary.ts';

type Json = Readonly<Record<string, unknown>>;

const folder = new URL('../../node_modules/@stoplight/spectral-rulesets/dist/oas/schemas/', import.meta.url);

function load(path: string): Json {
  return JSON.parse(readFileSync(new URL(path, folder), 'utf8')) as Json;
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The keys that a definition lists, whatever conditions they are under; those that it always requires. */
function keysOf(schema: Json, root: Json, required = true): { all: Set<string>; required: Set<string> } {
  const all = new Set<string>();
  const always = new Set<string>();
  const visit = (at: unknown, isAlways: boolean): void => {
    if (!isJson(at)) return;
    for (const key of Object.keys(isJson(at['properties']) ? at['properties'] : {})) all.add(key);
    if (isAlways && Array.isArray(at['required'])) for (const key of at['required']) always.add(String(key));
    for (const key of ['allOf', 'oneOf', 'anyOf'])
      if (Array.isArray(at[key])) for (const each of at[key]) visit(each, isAlways && key === 'allOf');
    for (const key of ['then', 'else']) visit(at[key], false);
    for (const each of Object.values(isJson(at['dependentSchemas']) ? at['dependentSchemas'] : {}))
      visit(each, false);
    for (const key of Object.keys(isJson(at['patternProperties']) ? at['patternProperties'] : {}))
      for (const name of /^\^\(([a-z|]+)\)\$$/.exec(key)?.[1]?.split('|') ?? []) all.add(name);
    const ref = at['$ref'];
    if (typeof ref === 'string' && /^#\/(?:\$defs|definitions)\//.test(ref)) {
      const target = ref
        .slice(2)
        .split('/')
        .reduce<unknown>((node, token) => (isJson(node) ? node[token] : undefined), root);
      if (target !== at) visit(target, isAlways);
    }
  };
  visit(schema, required);
  return { all, required: always };
}

const definitions: Readonly<
  Record<
    SpecVersion,
    { readonly root: Json; readonly names: Readonly<Partial<Record<Kind, readonly string[]>>> }
  >
> = {
  '2.0': {
    root: load('oas/v2.0.json'),
    names: {
      document: [''],
      info: ['info'],
      contact: ['contact'],
      license: ['license'],
      tag: ['tag'],
      externalDocs: ['externalDocs'],
      pathItem: ['pathItem'],
      operation: ['operation'],
      response: ['response'],
      header: ['header'],
      xml: ['xml'],
      parameter: [
        'bodyParameter',
        'headerParameterSubSchema',
        'queryParameterSubSchema',
        'formDataParameterSubSchema',
        'pathParameterSubSchema',
      ],
      schema: ['schema'],
      securityScheme: [
        'basicAuthenticationSecurity',
        'apiKeySecurity',
        'oauth2ImplicitSecurity',
        'oauth2PasswordSecurity',
        'oauth2ApplicationSecurity',
        'oauth2AccessCodeSecurity',
      ],
    },
  },
  '3.0': {
    root: load('oas/v3.0.json'),
    names: {
      document: [''],
      info: ['Info'],
      contact: ['Contact'],
      license: ['License'],
      server: ['Server'],
      serverVariable: ['ServerVariable'],
      components: ['Components'],
      tag: ['Tag'],
      externalDocs: ['ExternalDocumentation'],
      pathItem: ['PathItem'],
      operation: ['Operation'],
      parameter: ['Parameter'],
      requestBody: ['RequestBody'],
      mediaType: ['MediaType'],
      encoding: ['Encoding'],
      response: ['Response'],
      header: ['Header'],
      link: ['Link'],
      example: ['Example'],
      schema: ['Schema'],
      discriminator: ['Discriminator'],
      xml: ['XML'],
      securityScheme: [
        'APIKeySecurityScheme',
        'HTTPSecurityScheme',
        'OAuth2SecurityScheme',
        'OpenIdConnectSecurityScheme',
      ],
      oauthFlows: ['OAuthFlows'],
      oauthFlow: [
        'ImplicitOAuthFlow',
        'PasswordOAuthFlow',
        'ClientCredentialsFlow',
        'AuthorizationCodeOAuthFlow',
      ],
    },
  },
  '3.1': { root: load('oas/v3.1/index.json'), names: {} },
  '3.2': { root: load('oas/v3.2/index.json'), names: {} },
};

const modern: Readonly<Partial<Record<Kind, readonly string[]>>> = {
  document: [''],
  info: ['info'],
  contact: ['contact'],
  license: ['license'],
  server: ['server'],
  serverVariable: ['server-variable'],
  components: ['components'],
  tag: ['tag'],
  externalDocs: ['external-documentation'],
  pathItem: ['path-item'],
  operation: ['operation'],
  parameter: ['parameter'],
  requestBody: ['request-body'],
  mediaType: ['media-type'],
  encoding: ['encoding'],
  response: ['response'],
  header: ['header'],
  link: ['link'],
  example: ['example'],
  securityScheme: ['security-scheme'],
  oauthFlows: ['oauth-flows'],
};

/** Where the schemas are not what the text of the specification says: keys too many (-) and too few (+), and conditions. */
const departures: Readonly<Record<string, readonly string[]>> = {
  // Spectral lets them in to have a rule of its own against them.
  // Required by each of the alternatives.
  '2.0 parameter': ['!in', '!name'],
  '2.0 schema': ['-oneOf', '-anyOf'],
  '3.0 parameter': ['!in'],
  // A misspelling of `server`.
  '3.1 link': ['-body', '+server'],
};

for (const version of ['2.0', '3.0', '3.1', '3.2'] as const) {
  const { root, names } = definitions[version];
  for (const [kind, list] of Object.entries(version === '2.0' || version === '3.0' ? names : modern) as [
    Kind,
    readonly string[],
  ][]) {
    test(`${version} ${kind}`, () => {
      const found = list.map((name) => {
        const group = isJson(root['$defs']) ? root['$defs'] : root['definitions'];
        const schema = name === '' ? root : isJson(group) ? group[name] : undefined;
        assert.ok(isJson(schema), `there is no ${name}`);
        return keysOf(schema, root);
      });
      const all = new Set(found.flatMap((each) => [...each.all]));
      const odd = departures[`${version} ${kind}`] ?? [];
      for (const each of ['-$ref', ...odd]) {
        if (each.startsWith('-')) all.delete(each.slice(1));
        if (each.startsWith('+')) all.add(each.slice(1));
      }
      const ours = fieldsOf(kind, version);
      assert.deepEqual(ours.map(([key]) => key).sort(), [...all].sort());
      const always = [...(found[0]?.required ?? [])].filter((key) =>
        found.every((each) => each.required.has(key)),
      );
      const required = ours
        .filter(([key, field]) => isRequired(field, version) && !field.when && !odd.includes(`!${key}`))
        .map(([key]) => key);
      assert.deepEqual(required.sort(), always.filter((key) => key !== '$ref').sort());
    });
  }
}

test('schemas of 3.1 have the keywords of JSON Schema and those of OpenAPI', () => {
  const formats = createRequire(import.meta.url).resolve('ajv-formats');
  const core = createRequire(formats).resolve('ajv/dist/refs/json-schema-2020-12/meta/core.json');
  const meta = new URL('.', pathToFileURL(core));
  const all = new Set(
    [
      new URL('oas/v3.1/meta.schema.json', folder),
      ...readdirSync(meta).map((name) => new URL(name, meta)),
    ].flatMap((url) => [...keysOf(JSON.parse(readFileSync(url, 'utf8')) as Json, {}).all]),
  );
  all.delete('$ref');
  assert.deepEqual(
    fieldsOf('schema', '3.1')
      .map(([key]) => key)
      .sort(),
    [...all].sort(),
  );
});

test('a way through a document leads to what stands there', () => {
  const root = object('document');
  const kindAt = (version: SpecVersion, ...path: readonly string[]): unknown => {
    const value = valueAt(root, path, version);
    return value?.is === 'object' ? value.kind : value?.is;
  };
  assert.equal(
    kindAt('3.1', 'paths', '/a', 'get', 'responses', '200', 'content', 'application/json', 'schema', 'items'),
    'schema',
  );
  assert.equal(kindAt('3.0', 'components', 'callbacks', 'done', '{$request.body#/url}', 'post'), 'operation');
  assert.equal(kindAt('2.0', 'paths', '/a', 'get', 'parameters', '0', 'schema'), 'schema');
  assert.equal(
    kindAt('3.0', 'components', 'schemas', 'A', 'properties', 'x', 'additionalProperties'),
    'either',
  );
  assert.equal(
    kindAt('3.0', 'components', 'schemas', 'A', 'properties', 'x', 'additionalProperties', 'items'),
    'schema',
  );
  assert.equal(kindAt('3.0', 'webhooks'), undefined);
  assert.equal(kindAt('3.1', 'x-own', 'a', 'b'), 'any');
});

test('every object says what it is', () => {
  for (const [kind] of Object.entries(modern)) assert.match(wordsOf(kind as Kind).doc, /\.$/);
});
