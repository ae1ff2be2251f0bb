/** Names from registries that people write often: media types, formats, headers. */

export type Named = readonly [string, string];

export const mediaTypeNames: readonly Named[] = [
  ['application/json', 'JSON (RFC 8259)'],
  ['application/problem+json', 'Details of an error (RFC 9457)'],
  ['application/merge-patch+json', 'A change as JSON (RFC 7396)'],
  ['application/json-patch+json', 'A list of changes as JSON (RFC 6902)'],
  ['application/x-www-form-urlencoded', 'A form'],
  ['multipart/form-data', 'A form with files (RFC 7578)'],
  ['application/octet-stream', 'Bytes'],
  ['application/pdf', 'PDF'],
  ['application/xml', 'XML'],
  ['application/x-ndjson', 'JSON, one value a line'],
  ['text/plain', 'Text'],
  ['text/html', 'HTML'],
  ['text/csv', 'Comma-separated values (RFC 4180)'],
  ['text/event-stream', 'Server-sent events'],
  ['image/png', 'PNG'],
  ['image/jpeg', 'JPEG'],
  ['image/*', 'Any image'],
  ['*/*', 'Anything'],
];

/** Formats by the type that they belong to: of JSON Schema, of OpenAPI's registry. */
export const formatNames: Readonly<Record<string, readonly Named[]>> = {
  string: [
    ['date-time', 'A moment: `2024-05-01T12:00:00Z` (RFC 3339)'],
    ['date', 'A day: `2024-05-01` (RFC 3339)'],
    ['time', 'A time of day with its offset (RFC 3339)'],
    ['duration', 'A length of time: `P3D` (RFC 3339)'],
    ['uuid', 'An identifier (RFC 9562)'],
    ['email', 'An address for mail (RFC 5321)'],
    ['uri', 'A URI (RFC 3986)'],
    ['uri-reference', 'A URI, or a part of one (RFC 3986)'],
    ['hostname', 'A name of a host (RFC 1123)'],
    ['ipv4', 'An address of the Internet Protocol 4'],
    ['ipv6', 'An address of the Internet Protocol 6'],
    ['password', 'A hint to hide what is typed'],
    ['byte', 'Bytes in Base64'],
    ['binary', 'Bytes'],
    ['regex', 'A regular expression'],
    ['json-pointer', 'A JSON pointer (RFC 6901)'],
  ],
  integer: [
    ['int32', '32 bits with a sign'],
    ['int64', '64 bits with a sign'],
  ],
  number: [
    ['float', 'Single precision'],
    ['double', 'Double precision'],
  ],
};

export const headerNames: readonly Named[] = [
  ['Location', 'The address of what is new, or of where to go (RFC 9110)'],
  ['Retry-After', 'How long to wait (RFC 9110)'],
  ['ETag', 'The version of what was sent (RFC 9110)'],
  ['Last-Modified', 'When it changed last (RFC 9110)'],
  ['Cache-Control', 'How long it may be kept (RFC 9111)'],
  ['Content-Disposition', 'The name of a file (RFC 6266)'],
  ['Link', 'Related addresses (RFC 8288)'],
  ['WWW-Authenticate', 'How to say who one is (RFC 9110)'],
  ['RateLimit', 'What is left of a limit'],
  ['X-Total-Count', 'How many there are in all'],
  ['X-Request-Id', 'A name for this exchange'],
  ['Deprecation', 'Since when it is to be avoided (RFC 9745)'],
  ['Sunset', 'Until when it will be there (RFC 8594)'],
];

/** Runtime expressions (OpenAPI 3.0, "Runtime Expressions"). */
export const expressionNames: readonly Named[] = [
  ['{$request.body#/callbackUrl}', 'A property of the body of the request'],
  ['{$request.query.callbackUrl}', 'A parameter of the query of the request'],
  ['{$request.header.x-callback-url}', 'A header of the request'],
  ['{$response.body#/callbackUrl}', 'A property of the body of the answer'],
];
