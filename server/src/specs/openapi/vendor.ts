/** Extension keys that speak to us, or that say how a server is wired. */

import { booleanOf, textOf, valueOf } from '../../text/document-node.ts';
import type { Located } from './reader.ts';

const SILENCERS = ['x-backend-contract-ignore', 'x-internal'] as const;

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
      const reason = booleanOf(value) === true ? undefined : textOf(value);
      return reason === undefined || reason.trim() === '' ? key : reason;
    }
  }
  return undefined;
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
