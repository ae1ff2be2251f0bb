/** Parameters: which ones are a matter between client and operation, and when two names mean the same one. */

import type { Input } from '../../contract/operation.ts';

/** Headers of HTTP itself, of browsers, proxies and tracing: nobody lists them as parameters of an operation. */
const standardHeaders: ReadonlySet<string> = new Set([
  'accept',
  'accept-charset',
  'accept-encoding',
  'accept-language',
  'authorization',
  'cache-control',
  'cf-connecting-ip',
  'cf-ipcountry',
  'cf-ray',
  'connection',
  'content-disposition',
  'content-encoding',
  'content-length',
  'content-type',
  'cookie',
  'date',
  'expect',
  'fastly-client-ip',
  'fly-client-ip',
  'forwarded',
  'host',
  'if-match',
  'if-modified-since',
  'if-none-match',
  'if-unmodified-since',
  'origin',
  'proxy-authorization',
  'range',
  'referer',
  'referrer',
  'te',
  'traceparent',
  'tracestate',
  'transfer-encoding',
  'true-client-ip',
  'upgrade',
  'user-agent',
  'via',
  'x-amzn-trace-id',
  'x-client-ip',
  'x-cloud-trace-context',
  'x-cluster-client-ip',
  'x-correlation-id',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-prefix',
  'x-forwarded-proto',
  'x-real-ip',
  'x-request-id',
  'x-requested-with',
]);

/** Credentials are described by security schemes, whose header, cookie or query names contracts do not carry. */
const credential = /token|api-?_?key|auth|secret|session|csrf|xsrf|signature|jwt/i;

/** Is this one that a contract has to list among the parameters of the operation? */
export function isListed(input: Input): boolean {
  switch (input.in) {
    case 'query':
      return input.name !== '';
    case 'header':
      return (
        input.name !== '' && !standardHeaders.has(input.name.toLowerCase()) && !credential.test(input.name)
      );
    case 'cookie':
      return input.name !== '' && !credential.test(input.name);
    case 'path':
    case 'argument':
      return false;
  }
}

/** Equal for one parameter in two notations: header names ignore case, `ids[]` and `filter[name]` belong to `ids` and `filter`. */
export function parameterKey(input: Pick<Input, 'in' | 'name'>): string {
  const name = input.in === 'header' ? input.name.toLowerCase() : input.name.replace(/\[.*$/s, '');
  return `${input.in} ${name}`;
}

/** The keys under which a parameter may be read: `time.from` may be a part of `time`, and an object is sent field by field. */
export function keysOfReading(input: Input): readonly string[] {
  const whole = input.in === 'query' ? /^[^.[]+(?=\.)/.exec(input.name)?.[0] : undefined;
  const others = [...(whole === undefined ? [] : [whole]), ...(input.parts ?? [])];
  return [parameterKey(input), ...others.map((name) => `${input.in} ${name}`)];
}
