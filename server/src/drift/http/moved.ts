/** Parameters that are looked for in another place than the spec says: shared by the rules that would tell each half. */

import type { CodeOperation, Input, SpecOperation } from '../../contract/operation.ts';
import { isListed, parameterKey } from './parameters.ts';

export interface Moved {
  readonly spec: Input;
  readonly code: Input;
}

/** Of one name, each on one side only, and in another part of the request. */
export function movedParameters(spec: SpecOperation, code: CodeOperation): readonly Moved[] {
  if (!spec.inputs.complete) return [];
  const promised = new Set(spec.inputs.items.map(parameterKey));
  const read = new Set(code.inputs.items.map(parameterKey));
  return spec.inputs.items.flatMap((input) => {
    if (!isListed(input) || read.has(parameterKey(input))) return [];
    const others = code.inputs.items.filter(
      (other) =>
        isListed(other) &&
        !other.accepted &&
        other.in !== input.in &&
        nameOf(other) === nameOf(input) &&
        !promised.has(parameterKey(other)),
    );
    const [only] = others;
    return only && others.length === 1 ? [{ spec: input, code: only }] : [];
  });
}

/** `X-Page` among headers is `page` in a query. */
function nameOf({ name }: Input): string {
  return name
    .toLowerCase()
    .replace(/^x-/, '')
    .replace(/[^a-z0-9]/g, '');
}
