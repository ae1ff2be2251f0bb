/** What a near miss means to the rules that meet it: several state the same fault, and one of them states it best. */

import type { NearMiss } from '../../contract/pair.ts';
import type { CodeOperation, SpecOperation } from '../../contract/operation.ts';
import { label, operationName } from './names.ts';

type Miss = NearMiss<CodeOperation> | NearMiss<SpecOperation> | undefined;

/** Methods that a framework or a CORS handler answers beside the one that was meant. */
const incidental: ReadonlySet<string> = new Set(['OPTIONS', 'HEAD', 'ALL']);

/** The rule that tells both halves of a mutual near miss as one fault. */
export function coveringRule(miss: Miss): 'http/path-typo' | 'http/method-mismatch' | undefined {
  if (!miss?.mutual) return undefined;
  if (miss.kind === 'path') return 'http/path-typo';
  return incidental.has(miss.operation.key.method) ? undefined : 'http/method-mismatch';
}

/** The spec itself says that no route is to be expected, or that the author wants to hear nothing. */
export function asksForSilence({ origin }: SpecOperation): boolean {
  return origin.wired !== undefined || origin.ignored !== undefined;
}

export function nearestOf(miss: Miss): { readonly near?: string } {
  return miss ? { near: label(operationName(miss.operation)) } : {};
}
