/** Spectral looks through a list for each operation, which takes as long as all other rules where there are thousands. */

import type { RuleFunction } from '../examples/remember.ts';
import { isPlain } from './is-plain.ts';

const METHODS: ReadonlySet<string> = new Set([
  ...['get', 'head', 'post', 'put', 'patch', 'delete', 'options', 'trace'],
]);

/** Gives the same results as `check`, Spectral's function of the rule that operation ids are unique. */
export function uniqueOperationIds(check: RuleFunction): RuleFunction {
  const unique: RuleFunction = (input, options, context) => {
    if (!isPlain(input)) return check(input, options, context);
    const seen = new Set<unknown>();
    const results: { readonly message: string; readonly path: string[] }[] = [];
    for (const [path, item] of Object.entries(input)) {
      if (!isPlain(item)) continue;
      for (const [method, operation] of Object.entries(item)) {
        if (!METHODS.has(method) || !isPlain(operation) || !('operationId' in operation)) continue;
        const { operationId } = operation;
        if (seen.has(operationId))
          results.push({
            message: 'operationId must be unique.',
            path: ['paths', path, method, 'operationId'],
          });
        else seen.add(operationId);
      }
    }
    return results;
  };
  return Object.assign(unique, check);
}
