/** What a near miss means to the rules that meet it: several state the same fault, and one of them states it best. */

import type { NearMiss } from '../../contract/pair.ts';
import type { CodeOperation, SpecOperation } from '../../contract/operation.ts';
import { label, operationName } from './names.ts';

type Miss = NearMiss<CodeOperation> | NearMiss<SpecOperation> | undefined;

/** Methods of which one is written where the other is meant. Nobody deletes what was to be read. */
const confusable: readonly (readonly string[])[] = [
  ['POST', 'PUT', 'PATCH'],
  ['GET', 'POST', 'QUERY'],
];

/** The rule that tells both halves of a mutual near miss as one fault, for an operation of this method. */
export function coveringRule(
  method: string,
  miss: Miss,
): 'http/path-typo' | 'http/method-mismatch' | undefined {
  if (!miss?.mutual) return undefined;
  if (miss.kind === 'path') return 'http/path-typo';
  const other = miss.operation.key.method;
  return confusable.some((some) => some.includes(method) && some.includes(other))
    ? 'http/method-mismatch'
    : undefined;
}

/** No route is to be expected: the spec says so, its author wants to hear nothing, or it does not surely stand there. */
export function asksForSilence({ origin }: SpecOperation): boolean {
  return origin.wired !== undefined || origin.ignored !== undefined || origin.astray !== undefined;
}

export function nearestOf(miss: Miss): { readonly near?: string } {
  return miss ? { near: label(operationName(miss.operation)) } : {};
}
