/** Words of the document itself: what stands around its operations. */

import {
  any,
  field,
  flag,
  list,
  map,
  object,
  oneOf,
  text,
  word,
  type Kind,
  type ObjectWords,
} from './model.ts';

const mediaTypes = list(word('mediaType'));
const schemes = list(
  oneOf(
    ['https', 'HTTP over TLS.'],
    ['http', 'HTTP without encryption.'],
    ['wss', 'WebSocket over TLS.'],
    ['ws', 'WebSocket without encryption.'],
  ),
);

export const documentWords = {
  document: {
    title: 'OpenAPI Object',
    anchor: 'openapi-object',
    doc: 'The root of an API description.',
    in: '',
    fields: {
      openapi: field(
        text,
        'The version of the OpenAPI Specification that the document is written in, such as `3.1.1`. It is not the version of the API.',
        { in: '3', required: '' },
      ),
      swagger: field(
        oneOf(['2.0', 'The only version that has this key.']),
        'The version of the specification that the document is written in: always the text `2.0`.',
        { in: '2', required: '' },
      ),
      $self: field(text, 'The URI of this document. References are resolved against it.', { in: '3.2+' }),
      info: field(object('info'), 'Title, version and other facts about the API.', { required: '' }),
      host: field(text, 'The host, and the port if needed, that serves the API: no scheme and no path.', {
        in: '2',
      }),
      basePath: field(text, 'What stands in front of every path; begins with `/`.', { in: '2' }),
      schemes: field(schemes, 'The protocols that the API is served over.', { in: '2' }),
      consumes: field(mediaTypes, 'The media types that all operations take, unless they say otherwise.', {
        in: '2',
      }),
      produces: field(
        mediaTypes,
        'The media types that all operations answer with, unless they say otherwise.',
        { in: '2' },
      ),
      jsonSchemaDialect: field(
        text,
        'The dialect of JSON Schema that schemas are written in where they do not say it themselves.',
        { in: '3.1+' },
      ),
      servers: field(
        list(object('server')),
        'The servers that the API is reached at. Without any, it is the one that serves the document.',
        { in: '3' },
      ),
      paths: field(map(object('pathItem'), 'path'), 'The paths of the API with their operations.', {
        required: '2-3.0',
      }),
      webhooks: field(
        map(object('pathItem')),
        'Requests that the API sends by itself, and that its users receive.',
        { in: '3.1+' },
      ),
      components: field(
        object('components'),
        'Parts that are written once and referred to with `$ref`. Nothing here counts unless something refers to it.',
        { in: '3' },
      ),
      definitions: field(map(object('schema')), 'Schemas that are referred to with `$ref`.', { in: '2' }),
      parameters: field(
        map(object('parameter')),
        'Parameters that are referred to with `$ref`. They do not count for all operations.',
        { in: '2' },
      ),
      responses: field(
        map(object('response')),
        'Responses that are referred to with `$ref`. They do not count for all operations.',
        { in: '2' },
      ),
      securityDefinitions: field(
        map(object('securityScheme')),
        'The ways to authenticate, by the names that `security` uses.',
        { in: '2' },
      ),
      security: field(
        list(map(list(word('scope')), 'scheme')),
        'What a caller needs, unless an operation says otherwise: one of these is enough. An empty `{}` among them makes it optional.',
      ),
      tags: field(list(object('tag')), 'The tags of operations, in the order in which tools show them.'),
      externalDocs: field(object('externalDocs'), 'Further documentation elsewhere.'),
    },
  },
  info: {
    title: 'Info Object',
    anchor: 'info-object',
    doc: 'Facts about the API.',
    in: '',
    fields: {
      title: field(text, 'The name of the API.', { required: '' }),
      version: field(
        text,
        'The version of this description of the API; not the version of OpenAPI. In quotes if it looks like a number.',
        { required: '' },
      ),
      summary: field(text, 'What the API is for, in a few words.', { in: '3.1+' }),
      description: field(text, 'What the API is for, at length. CommonMark.'),
      termsOfService: field(text, 'The URL of the terms of service.'),
      contact: field(object('contact'), 'Whom to ask about the API.'),
      license: field(object('license'), 'The licence of the API.'),
    },
  },
  contact: {
    title: 'Contact Object',
    anchor: 'contact-object',
    doc: 'Whom to ask about the API.',
    in: '',
    fields: {
      name: field(text, 'The name of the person or organisation.'),
      url: field(text, 'The URL of a page for contact.'),
      email: field(text, 'The address for mail.'),
    },
  },
  license: {
    title: 'License Object',
    anchor: 'license-object',
    doc: 'The licence of the API.',
    in: '',
    fields: {
      name: field(text, 'The name of the licence.', { required: '' }),
      identifier: field(text, 'The SPDX expression of the licence, such as `Apache-2.0`. Not beside `url`.', {
        in: '3.1+',
      }),
      url: field(text, 'The URL of the text of the licence.'),
    },
  },
  server: {
    title: 'Server Object',
    anchor: 'server-object',
    doc: 'A server that the API is reached at.',
    in: '3',
    fields: {
      url: field(
        text,
        'What stands in front of every path. May be relative to the place of the document; variables are written `{name}`.',
        { required: '' },
      ),
      description: field(text, 'What the server is for. CommonMark.'),
      name: field(text, 'A unique name for the server.', { in: '3.2+' }),
      variables: field(map(object('serverVariable'), 'variable'), 'The variables of `url`, by their names.'),
    },
  },
  serverVariable: {
    title: 'Server Variable Object',
    anchor: 'server-variable-object',
    doc: 'A variable in the URL of a server.',
    in: '3',
    fields: {
      default: field(
        text,
        'The value that counts where nobody gives another. With `enum` it is one of them.',
        { required: '' },
      ),
      enum: field(list(text), 'The values that are possible; at least one.'),
      description: field(text, 'What the variable is for. CommonMark.'),
    },
  },
  components: {
    title: 'Components Object',
    anchor: 'components-object',
    doc: 'Parts that are referred to with `$ref`. Names have letters, digits, `.`, `-` and `_`.',
    in: '3',
    fields: {
      schemas: field(map(object('schema')), 'Schemas by their names.'),
      responses: field(map(object('response')), 'Responses by their names.'),
      parameters: field(map(object('parameter')), 'Parameters by their names.'),
      examples: field(map(object('example')), 'Examples by their names.'),
      requestBodies: field(map(object('requestBody')), 'Request bodies by their names.'),
      headers: field(map(object('header')), 'Headers by their names.'),
      securitySchemes: field(
        map(object('securityScheme')),
        'The ways to authenticate, by the names that `security` uses.',
      ),
      links: field(map(object('link')), 'Links by their names.'),
      callbacks: field(map(map(object('pathItem'), 'expression')), 'Callbacks by their names.'),
      pathItems: field(map(object('pathItem')), 'Path items by their names.', { in: '3.1+' }),
      mediaTypes: field(map(object('mediaType')), 'Media type objects by their names.', { in: '3.2+' }),
    },
  },
  tag: {
    title: 'Tag Object',
    anchor: 'tag-object',
    doc: 'A tag that operations are grouped by.',
    in: '',
    fields: {
      name: field(text, 'The name that operations use in `tags`.', { required: '' }),
      summary: field(text, 'A short name to be shown.', { in: '3.2+' }),
      description: field(text, 'What its operations have in common. CommonMark.'),
      externalDocs: field(object('externalDocs'), 'Further documentation elsewhere.'),
      parent: field(word('tag'), 'The name of the tag that this one belongs under.', { in: '3.2+' }),
      kind: field(
        oneOf(
          ['nav', 'For navigation.'],
          ['badge', 'To be shown as a badge.'],
          ['audience', 'Whom operations are for.'],
        ),
        'What sort of tag it is.',
        { in: '3.2+' },
      ),
    },
  },
  externalDocs: {
    title: 'External Documentation Object',
    anchor: 'external-documentation-object',
    doc: 'Documentation elsewhere.',
    in: '',
    fields: {
      url: field(text, 'The URL of the documentation.', { required: '' }),
      description: field(text, 'What is to be found there. CommonMark.'),
    },
  },
  example: {
    title: 'Example Object',
    anchor: 'example-object',
    doc: 'An example with a name.',
    in: '3',
    refs: '3',
    fields: {
      summary: field(text, 'What the example shows, in a few words.'),
      description: field(text, 'What the example shows, at length. CommonMark.'),
      value: field(any, 'The example itself. Not beside `externalValue`.'),
      dataValue: field(any, 'The example as data, before it is serialised.', { in: '3.2+' }),
      serializedValue: field(text, 'The example as it is sent.', { in: '3.2+' }),
      externalValue: field(text, 'The URL of the example. Not beside `value`.'),
    },
  },
} as const satisfies Partial<Record<Kind, ObjectWords>>;

export const deprecatedDoc = 'Still there, and to be avoided.';
export const deprecated = field(flag, deprecatedDoc, { in: '3' });
