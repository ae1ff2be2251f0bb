/** What statuses of HTTP mean (RFC 9110 section 15; 422 and 429 of RFC 6585 and 9110). */

export interface StatusWords {
  readonly status: string;
  readonly phrase: string;
  readonly doc: string;
}

const table: readonly (readonly [string, string, string])[] = [
  ['200', 'OK', 'It worked; the body is what was asked for.'],
  ['201', 'Created', 'Something new is there; the header `Location` says where.'],
  ['202', 'Accepted', 'It was taken in and will be done later.'],
  ['204', 'No Content', 'It worked; there is no body.'],
  ['206', 'Partial Content', 'The part that the header `Range` asked for.'],
  ['301', 'Moved Permanently', 'It has another address for good.'],
  ['302', 'Found', 'It is at another address for now.'],
  ['303', 'See Other', 'The answer is to be fetched with GET at another address.'],
  ['304', 'Not Modified', 'What the client has is still right; there is no body.'],
  ['307', 'Temporary Redirect', 'The same request, at another address for now.'],
  ['308', 'Permanent Redirect', 'The same request, at another address for good.'],
  ['400', 'Bad Request', 'The request is not as it has to be.'],
  ['401', 'Unauthorized', 'The caller did not say who they are, or not so that it could be believed.'],
  ['402', 'Payment Required', 'Somebody has to pay first.'],
  ['403', 'Forbidden', 'The caller is known, and may not do this.'],
  ['404', 'Not Found', 'There is no such thing, or nobody is to know of it.'],
  ['405', 'Method Not Allowed', 'The path has no such method; the header `Allow` lists those that it has.'],
  ['406', 'Not Acceptable', 'It cannot be sent in any media type that the client takes.'],
  ['409', 'Conflict', 'It does not go with how things are now.'],
  ['410', 'Gone', 'It was there and will not come back.'],
  ['412', 'Precondition Failed', 'A condition in the headers does not hold.'],
  ['413', 'Content Too Large', 'The body is longer than the server takes.'],
  ['415', 'Unsupported Media Type', 'The body is in a media type that the server does not take.'],
  ['422', 'Unprocessable Content', 'The body is well-formed, and what it says cannot be done.'],
  ['428', 'Precondition Required', 'The request needs a condition such as `If-Match`.'],
  ['429', 'Too Many Requests', 'The caller asks too often; the header `Retry-After` says how long to wait.'],
  ['500', 'Internal Server Error', 'Something went wrong in the server.'],
  ['501', 'Not Implemented', 'The server does not know how.'],
  ['502', 'Bad Gateway', 'A server behind this one gave no proper answer.'],
  ['503', 'Service Unavailable', 'The server cannot answer now, and may later.'],
  ['504', 'Gateway Timeout', 'A server behind this one took too long.'],
];

export const statusWords: readonly StatusWords[] = table.map(([status, phrase, doc]) => ({
  status,
  phrase,
  doc,
}));

/** Ranges stand for all statuses of a class that are not listed (OpenAPI 3.0 section "Responses Object"). */
export const statusRanges: readonly StatusWords[] = [
  { status: 'default', phrase: 'Any other answer', doc: 'Every status that is not listed.' },
  { status: '2XX', phrase: 'Success', doc: 'Every status from 200 to 299 that is not listed.' },
  { status: '4XX', phrase: 'Fault of the request', doc: 'Every status from 400 to 499 that is not listed.' },
  { status: '5XX', phrase: 'Fault of the server', doc: 'Every status from 500 to 599 that is not listed.' },
];
