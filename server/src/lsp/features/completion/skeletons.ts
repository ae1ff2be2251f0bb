/** What a new object begins with: the keys that it must have, and those that hardly any goes without. */

import { hasNoContent } from '../../../contract/statuses.ts';
import type { SpecVersion } from '../../../specs/openapi/detect.ts';
import type { Kind } from '../../../specs/openapi/vocabulary/model.ts';
import type { Plain } from '../../../text/document-style.ts';
import { hole } from './write.ts';

type Skeleton = Readonly<Record<string, Plain>>;

/** Undefined for an object that has no usual beginning. */
export function skeletonOf(kind: Kind, version: SpecVersion, name?: string): Skeleton | undefined {
  const is2 = version === '2.0';
  const type = is2 ? { type: hole('string') } : { schema: { type: hole('string') } };
  switch (kind) {
    case 'info':
      return { title: hole('My API'), version: hole('1.0.0') };
    case 'server':
      return { url: hole('https://api.example.com') };
    case 'serverVariable':
      return { default: hole('value') };
    case 'tag':
      return { name: hole('name'), description: hole('What its operations have in common') };
    case 'license':
      return { name: hole('MIT') };
    case 'contact':
      return { name: hole('name'), email: hole('mail@example.com') };
    case 'externalDocs':
      return { url: hole('https://example.com') };
    case 'operation':
      return {
        summary: hole('What it does'),
        operationId: hole('name'),
        responses: { '200': responseSkeleton('200', version, hole('OK')) },
      };
    case 'parameter':
      return { name: hole('name'), in: hole('query'), ...type };
    case 'requestBody':
      return { required: true, content: { [json]: { schema: { type: hole('object') } } } };
    case 'mediaType':
      return { schema: { type: hole('object') } };
    case 'response':
      return responseSkeleton(name ?? '', version, hole('What it means'));
    case 'header':
      return { description: hole('What it is for'), ...type };
    case 'securityScheme':
      return is2
        ? { type: hole('apiKey'), name: hole('X-API-Key'), in: hole('header') }
        : { type: hole('http'), scheme: hole('bearer') };
    case 'oauthFlow':
      return is2 ? undefined : { scopes: { [hole('name')]: hole('What it allows') } };
    case 'discriminator':
      return { propertyName: hole('type') };
    default:
      return undefined;
  }
}

const json = 'application/json';

function responseSkeleton(status: string, version: SpecVersion, description: string): Skeleton {
  const hasBody = /^[245]/.test(status) && !hasNoContent(status);
  const schema = { schema: { type: hole('object') } };
  return {
    description,
    ...(hasBody && (version === '2.0' ? schema : { content: { [json]: schema } })),
  };
}

/** Schemas that people begin with, by what they are called. */
export function schemaSkeletons(version: SpecVersion): readonly (readonly [string, string, Skeleton])[] {
  const text = { type: 'string' };
  return [
    [
      'object',
      'An object with properties',
      { type: 'object', required: [hole('name')], properties: { [hole('name')]: { type: hole('string') } } },
    ],
    ['array', 'A list', { type: 'array', items: { type: hole('string') } }],
    ['enum', 'One of several texts', { type: 'string', enum: [hole('first'), hole('second')] }],
    ['date-time', 'A moment (RFC 3339)', { ...text, format: 'date-time' }],
    ['uuid', 'An identifier (RFC 9562)', { ...text, format: 'uuid' }],
    ...(version === '2.0'
      ? []
      : ([
          [
            'oneOf',
            'One of several schemas, told apart by a property',
            { oneOf: [{ type: hole('object') }], discriminator: { propertyName: hole('type') } },
          ],
        ] as const)),
  ];
}

/** Ways to authenticate, by what they are called. */
export function securitySkeletons(version: SpecVersion): readonly (readonly [string, string, Skeleton])[] {
  const key: Skeleton = { type: 'apiKey', in: 'header', name: hole('X-API-Key') };
  const scopes = { [hole('read')]: hole('What it allows') };
  const urls = {
    authorizationUrl: hole('https://example.com/authorize'),
    tokenUrl: hole('https://example.com/token'),
  };
  if (version === '2.0')
    return [
      ['apiKey', 'A key in a header', key],
      ['basic', 'Name and password', { type: 'basic' }],
      [
        'oauth2',
        'OAuth 2 with an authorization code',
        { type: 'oauth2', flow: 'accessCode', ...urls, scopes },
      ],
    ];
  return [
    [
      'bearer',
      'A token in the header `Authorization`',
      { type: 'http', scheme: 'bearer', bearerFormat: hole('JWT') },
    ],
    ['apiKey', 'A key in a header', key],
    ['basic', 'Name and password', { type: 'http', scheme: 'basic' }],
    [
      'oauth2',
      'OAuth 2 with an authorization code',
      { type: 'oauth2', flows: { authorizationCode: { ...urls, scopes } } },
    ],
    [
      'openIdConnect',
      'OpenID Connect',
      {
        type: 'openIdConnect',
        openIdConnectUrl: hole('https://example.com/.well-known/openid-configuration'),
      },
    ],
  ];
}
