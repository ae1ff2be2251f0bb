/** Extension keys that speak to us, or that say how a server is wired. */

import type { DocNode } from '../../contract/facts.ts';
import { isRuleId } from '../../contract/ignore.ts';
import { booleanOf, textOf, valueOf } from '../../text/document-node.ts';
import type { Located } from './reader.ts';

/** Asks for silence about what it stands in; see `ignores.ts`. */
export const IGNORE_KEY = 'x-backend-contract-ignore';

const SILENCERS = [IGNORE_KEY, 'x-internal'] as const;

/** Keys by which middleware finds the handler of an operation, so that no code registers a route for it. */
const WIRES = [
  'x-eov-operation-handler',
  'x-eov-operation-id',
  'x-router-controller',
  'x-swagger-router-controller',
  'x-openapi-router-controller',
] as const;

/**
 * Why the author asks for silence, from the innermost of `scopes` that says something: the reason that is written,
 * or the key. An inner `false` lifts an outer `true`.
 */
export function ignoredBy(scopes: readonly Located[]): string | undefined {
  for (const key of SILENCERS) {
    for (const { node } of scopes) {
      const value = valueOf(node, key);
      if (value === undefined) continue;
      if (booleanOf(value) === false) break;
      // Silence about certain rules only.
      if (namesRules(value)) continue;
      const reason = booleanOf(value) === true ? undefined : textOf(value);
      return reason === undefined || reason.trim() === '' ? key : reason;
    }
  }
  return undefined;
}

/** Is it a list or a mapping of rules, or the name of one? */
export function namesRules(value: DocNode): boolean {
  return value.kind !== 'scalar' || isRuleId(textOf(value) ?? '');
}

/** The handler or controller that the innermost of `scopes` names. */
export function wiredTo(scopes: readonly Located[]): string | undefined {
  for (const { node } of scopes) {
    for (const key of WIRES) {
      const value = textOf(valueOf(node, key));
      if (value !== undefined) return value;
    }
  }
  return undefined;
}
