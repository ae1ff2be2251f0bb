/** Parameters: which ones are a matter between client and operation, and when two names mean the same one. */

import { isStandardHeader } from '../../contract/headers.ts';
import type { Input } from '../../contract/operation.ts';

/** Credentials are described by security schemes, whose header, cookie or query names contracts do not carry. */
const credential = /token|api-?_?key|auth|secret|session|csrf|xsrf|signature|jwt/i;

/** Is this one that a contract has to list among the parameters of the operation? */
export function isListed(input: Input): boolean {
  switch (input.in) {
    case 'query':
      return input.name !== '';
    case 'header':
      return input.name !== '' && !isStandardHeader(input.name) && !credential.test(input.name);
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
