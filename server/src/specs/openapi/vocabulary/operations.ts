/** Words of paths and operations. */

import { deprecated, deprecatedDoc } from './document.ts';
import {
  amount,
  any,
  field,
  flag,
  list,
  map,
  object,
  oneOf,
  text,
  word,
  type Field,
  type Kind,
  type ObjectWords,
  type Spelling,
} from './model.ts';

const operation = (method: string): Field =>
  field(object('operation'), `What \`${method}\` does on this path.`);

const mediaTypes = list(word('mediaType'));

const inlinedType = field(
  oneOf(
    ['string', 'Text.'],
    ['number', 'A number.'],
    ['integer', 'A whole number.'],
    ['boolean', '`true` or `false`.'],
    ['array', 'A list; `items` says of what.'],
    ['file', 'A file; only in `formData`.'],
  ),
  'The type of the value.',
  { in: '2' },
);

/** What OpenAPI 2.0 writes in a parameter or header itself, where later versions have a schema. */
const inlined: Readonly<Record<string, Field>> = {
  type: inlinedType,
  format: field(word('format'), 'A finer type, such as `date-time` or `int64`.', { in: '2' }),
  items: field(object('schema'), 'What the elements of the list are.', { in: '2' }),
  collectionFormat: field(
    oneOf(
      ['csv', '`a,b`'],
      ['ssv', '`a b`'],
      ['tsv', 'Separated by tabs.'],
      ['pipes', '`a|b`'],
      ['multi', '`k=a&k=b`; only in query and form.'],
    ),
    'How the elements of a list are separated.',
    { in: '2' },
  ),
  default: field(any, 'The value that the server takes where none is sent.', { in: '2' }),
  enum: field(list(any), 'The values that are possible.', { in: '2' }),
  ...Object.fromEntries(
    (
      [
        ['maximum', 'The greatest number.'],
        ['minimum', 'The least number.'],
        ['maxLength', 'Characters at most.'],
        ['minLength', 'Characters at least.'],
        ['maxItems', 'Elements at most.'],
        ['minItems', 'Elements at least.'],
        ['multipleOf', 'The number is a multiple of this.'],
      ] as const
    ).map(([key, doc]) => [key, field(amount, doc, { in: '2' })]),
  ),
  exclusiveMaximum: field(flag, 'The number is less than `maximum`.', { in: '2' }),
  exclusiveMinimum: field(flag, 'The number is greater than `minimum`.', { in: '2' }),
  pattern: field(text, 'A regular expression (ECMA-262) that the text has a match for.', { in: '2' }),
  uniqueItems: field(flag, 'No two elements are the same.', { in: '2' }),
};

const style = (...choices: readonly Spelling[]): Field =>
  field(oneOf(...choices), 'How the value is serialised.', { in: '3' });
const explode = field(flag, 'Each element or property is sent by itself: `k=a&k=b` instead of `k=a,b`.', {
  in: '3',
});
const example = field(any, 'An example. Not beside `examples`.', { in: '3' });
const examples = field(map(object('example')), 'Examples by names. Not beside `example`.', { in: '3' });
const content = map(object('mediaType'), 'mediaType');

export const operationWords = {
  pathItem: {
    title: 'Path Item Object',
    anchor: 'path-item-object',
    doc: 'The operations of one path.',
    in: '',
    refs: '',
    fields: {
      summary: field(text, 'What the path is about, in a few words.', { in: '3' }),
      description: field(text, 'What the path is about, at length. CommonMark.', { in: '3' }),
      get: operation('GET'),
      put: operation('PUT'),
      post: operation('POST'),
      delete: operation('DELETE'),
      options: operation('OPTIONS'),
      head: operation('HEAD'),
      patch: operation('PATCH'),
      trace: { ...operation('TRACE'), in: '3' },
      query: { ...operation('QUERY'), in: '3.2+' },
      additionalOperations: field(
        map(object('operation')),
        'Operations of further methods, by the method as it is sent.',
        { in: '3.2+' },
      ),
      servers: field(list(object('server')), 'Servers for this path instead of those of the document.', {
        in: '3',
      }),
      parameters: field(
        list(object('parameter')),
        'Parameters of all operations of the path. An operation may say otherwise, and cannot take one away.',
      ),
    },
  },
  operation: {
    title: 'Operation Object',
    anchor: 'operation-object',
    doc: 'What one method does on one path.',
    in: '',
    fields: {
      tags: field(list(word('tag')), 'Groups that the operation is shown in.'),
      summary: field(text, 'What it does, in a few words.'),
      description: field(text, 'What it does, at length. CommonMark.'),
      externalDocs: field(object('externalDocs'), 'Further documentation elsewhere.'),
      operationId: field(
        text,
        'A name that no other operation of the API has; generated code calls it that. Letter case counts.',
      ),
      consumes: field(mediaTypes, 'The media types that it takes, instead of those of the document.', {
        in: '2',
      }),
      produces: field(mediaTypes, 'The media types that it answers with, instead of those of the document.', {
        in: '2',
      }),
      parameters: field(
        list(object('parameter')),
        'What it takes from path, query, headers and cookies, beside the parameters of the path item.',
      ),
      requestBody: field(object('requestBody'), 'The body that it takes.', { in: '3' }),
      responses: field(map(object('response'), 'status'), 'Its answers by status: `200`, `4XX`, `default`.', {
        required: '2-3.0',
      }),
      callbacks: field(
        map(map(object('pathItem'), 'expression')),
        'Requests that the server makes later because of this one.',
        { in: '3' },
      ),
      schemes: field(
        list(
          oneOf(
            ['https', 'HTTP over TLS.'],
            ['http', 'HTTP without encryption.'],
            ['wss', 'WebSocket over TLS.'],
            ['ws', 'WebSocket without encryption.'],
          ),
        ),
        'The protocols that it is served over.',
        { in: '2' },
      ),
      deprecated: field(flag, deprecatedDoc),
      security: field(
        list(map(list(word('scope')), 'scheme')),
        'What a caller needs, instead of what the document says: one of these is enough. `[]` takes it away, `{}` among them makes it optional.',
      ),
      servers: field(
        list(object('server')),
        'Servers for this operation instead of those of the path or document.',
        { in: '3' },
      ),
    },
  },
  parameter: {
    title: 'Parameter Object',
    anchor: 'parameter-object',
    doc: 'One value that an operation takes from path, query, header or cookie.',
    in: '',
    refs: '',
    fields: {
      name: field(
        word('parameterName'),
        'Its name. In the path it is the name in the braces of the template; letter case counts, but not in headers.',
        { required: '' },
      ),
      in: field(
        oneOf(
          ['query', 'Behind the `?` of the URL.'],
          ['path', 'Between the braces of the path; is required.'],
          ['header', 'A header of the request.'],
          ['cookie', 'A cookie of the request.', '3'],
          ['querystring', 'All that stands behind the `?`, as one value.', '3.2+'],
          ['body', 'The body of the request.', '2'],
          ['formData', 'A field of a form.', '2'],
        ),
        'Where the parameter is.',
        { required: '' },
      ),
      description: field(text, 'What it is for. CommonMark.'),
      required: field(flag, 'Must it be sent? In the path it must: `true`.'),
      deprecated,
      allowEmptyValue: field(flag, 'May be sent without a value. Better not used.', {
        when: { key: 'in', is: ['query', 'formData'] },
      }),
      schema: field(object('schema'), 'What values it may have. Not beside `content`.'),
      content: field(
        content,
        'One media type that the value is written in, where it is more than a `schema` can say.',
        { in: '3' },
      ),
      style: style(
        ['form', '`k=a,b`; what query and cookie have by themselves.'],
        ['simple', '`a,b`; what path and header have by themselves.'],
        ['label', '`.a.b`; only in the path.'],
        ['matrix', '`;k=a,b`; only in the path.'],
        ['spaceDelimited', '`a%20b`; only in the query.'],
        ['pipeDelimited', '`a|b`; only in the query.'],
        ['deepObject', '`k[x]=a`; only in the query.'],
        ['cookie', 'As cookies are written; only in cookies.', '3.2+'],
      ),
      explode,
      allowReserved: field(flag, 'Characters such as `/` and `?` are sent as they are.', { in: '3' }),
      example,
      examples,
      ...inlined,
    },
  },
  requestBody: {
    title: 'Request Body Object',
    anchor: 'request-body-object',
    doc: 'The body that an operation takes.',
    in: '3',
    refs: '3',
    fields: {
      description: field(text, 'What the body is. CommonMark.'),
      content: field(
        content,
        'The body by media type: `application/json`, `image/*`. The most specific one counts.',
        { required: '' },
      ),
      required: field(flag, 'Must there be a body? Not unless this says `true`.'),
    },
  },
  mediaType: {
    title: 'Media Type Object',
    anchor: 'media-type-object',
    doc: 'A body in one media type.',
    in: '3',
    refs: '3.2+',
    fields: {
      description: field(text, 'What the body is. CommonMark.', { in: '3.2+' }),
      schema: field(object('schema'), 'What the body looks like.'),
      itemSchema: field(object('schema'), 'What each item of a stream looks like.', { in: '3.2+' }),
      example,
      examples,
      encoding: field(
        map(object('encoding'), 'propertyName'),
        'How properties are encoded, by their names; for `multipart` and `application/x-www-form-urlencoded`.',
      ),
      prefixEncoding: field(list(object('encoding')), 'How parts are encoded, by their position.', {
        in: '3.2+',
      }),
      itemEncoding: field(object('encoding'), 'How all further parts are encoded.', { in: '3.2+' }),
    },
  },
  encoding: {
    title: 'Encoding Object',
    anchor: 'encoding-object',
    doc: 'How one property of a form is encoded.',
    in: '3',
    fields: {
      contentType: field(word('mediaType'), 'The media type of the part; several are separated by commas.'),
      headers: field(
        map(object('header'), 'headerName'),
        'Further headers of the part, in `multipart` only.',
      ),
      style: style(
        ['form', '`k=a,b`'],
        ['spaceDelimited', '`a%20b`'],
        ['pipeDelimited', '`a|b`'],
        ['deepObject', '`k[x]=a`'],
      ),
      explode,
      allowReserved: field(flag, 'Characters such as `/` and `?` are sent as they are.', { in: '3' }),
      encoding: field(map(object('encoding')), 'How properties inside of the part are encoded.', {
        in: '3.2+',
      }),
      prefixEncoding: field(list(object('encoding')), 'How parts inside are encoded, by their position.', {
        in: '3.2+',
      }),
      itemEncoding: field(object('encoding'), 'How all further parts inside are encoded.', { in: '3.2+' }),
    },
  },
  response: {
    title: 'Response Object',
    anchor: 'response-object',
    doc: 'One answer of an operation.',
    in: '',
    refs: '',
    fields: {
      summary: field(text, 'What the answer means, in a few words.', { in: '3.2+' }),
      description: field(text, 'What the answer means. CommonMark.', { required: '2-3.1' }),
      headers: field(
        map(object('header'), 'headerName'),
        'Headers of the answer by their names. `Content-Type` does not count here.',
      ),
      content: field(content, 'The body by media type. An answer without a body has none.', { in: '3' }),
      schema: field(object('schema'), 'What the body looks like. An answer without a body has none.', {
        in: '2',
      }),
      examples: field(map(any, 'mediaType'), 'An example of the body by media type.', { in: '2' }),
      links: field(map(object('link')), 'Operations that may follow, by names.', { in: '3' }),
    },
  },
  header: {
    title: 'Header Object',
    anchor: 'header-object',
    doc: 'One header. Its name is the key that it stands under.',
    in: '',
    refs: '3',
    fields: {
      description: field(text, 'What it is for. CommonMark.'),
      required: field(flag, 'Is it always there?', { in: '3' }),
      deprecated,
      allowEmptyValue: field(flag, 'May be sent without a value.', { in: '3.0' }),
      schema: field(object('schema'), 'What values it may have. Not beside `content`.', { in: '3' }),
      content: field(content, 'One media type that the value is written in.', { in: '3' }),
      style: style(['simple', '`a,b`; the only one for headers.']),
      explode,
      allowReserved: field(flag, 'Characters such as `/` and `?` are sent as they are.', { in: '3.0' }),
      example,
      examples,
      ...inlined,
      type: { ...inlinedType, required: '2' },
    },
  },
  link: {
    title: 'Link Object',
    anchor: 'link-object',
    doc: 'An operation that may follow, and what it takes from this answer.',
    in: '3',
    refs: '3',
    fields: {
      operationId: field(
        word('operationId'),
        'The `operationId` of the operation. Not beside `operationRef`.',
      ),
      operationRef: field(word('operationRef'), 'A reference to the operation. Not beside `operationId`.'),
      parameters: field(
        map(any),
        'Values or expressions for the parameters of the operation, by their names.',
      ),
      requestBody: field(any, 'A value or expression for the body of the operation.'),
      description: field(text, 'What the link is for. CommonMark.'),
      server: field(object('server'), 'The server of the operation.'),
    },
  },
} as const satisfies Partial<Record<Kind, ObjectWords>>;
