/** Contradictions inside of a spec that would make what we say about code misleading. */

import type { SpecOperation } from '../../contract/operation.ts';
import { paramNames, parseTemplate, shapeKey } from '../../contract/path.ts';
import { type PathItem, pathOf } from './path-items.ts';
import type { Reader } from './reader.ts';

/** Paths as they are written. */
export function checkPaths(reader: Reader, items: readonly PathItem[]): void {
  const byShape = new Map<string, PathItem>();
  for (const item of items) {
    const { key, keyAt } = item.path;
    if (!key.startsWith('/'))
      reader.report('warning', 'path-without-slash', `A path begins with "/": "/${key}".`, keyAt);
    if (key.includes('${')) {
      reader.report(
        'warning',
        'path-template',
        `"${key}" has the marks of a template string: a parameter is written {name}.`,
        keyAt,
      );
    } else if (hasUnbalancedBraces(key)) {
      reader.report('warning', 'path-template', `The braces in "${key}" do not match.`, keyAt);
    }
    if (pathOf(key) !== key) {
      reader.report(
        'info',
        'path-with-query',
        'A path has no query or fragment; what follows it is not compared.',
        keyAt,
      );
      continue;
    }
    const shape = shapeKey(parseTemplate(key));
    const earlier = byShape.get(shape);
    if (!earlier) byShape.set(shape, item);
    else if (earlier.path.key !== key && sharesMethod(earlier, item)) {
      reader.report(
        'warning',
        'ambiguous-paths',
        `"${key}" and "${earlier.path.key}" are the same path to a router.`,
        keyAt,
      );
    }
  }
}

function sharesMethod(a: PathItem, b: PathItem): boolean {
  const methods = new Set(a.operations.map(({ method }) => method));
  return b.operations.some(({ method }) => methods.has(method));
}

function hasUnbalancedBraces(key: string): boolean {
  return /[{}]/.test(key.replace(/\{[^{}]+\}/g, ''));
}

/** Parameters of the path against its template. */
export function checkPathParameters(reader: Reader, operations: readonly SpecOperation[]): void {
  for (const { key, inputs, origin } of operations) {
    const inTemplate = new Set(paramNames(key.path));
    const declared = inputs.items.filter((input) => input.in === 'path');
    const names = new Set(declared.map(({ name }) => name));
    const missing = [...inTemplate].filter((name) => !names.has(name));
    const list = missing.map((name) => `"${name}"`).join(', ');
    const unused = declared.filter(({ name }) => !inTemplate.has(name));
    for (const input of unused) {
      const instead = missing.length > 0 ? `, and ${list} is not declared` : '';
      reader.report(
        'warning',
        'unused-path-parameter',
        `The path has no parameter "${input.name}"${instead}.`,
        input.at,
      );
    }
    // A parameter with two names is one fault.
    if (!inputs.complete || missing.length <= unused.length) continue;
    reader.report(
      'warning',
      'undeclared-path-parameter',
      `${key.method} does not declare the path parameter ${list}.`,
      origin.pathAt,
    );
  }
}

/** Ids that name two operations. */
export function checkOperationIds(reader: Reader, operations: readonly SpecOperation[]): void {
  const seen = new Map<string, SpecOperation>();
  for (const operation of operations) {
    const { operationId } = operation.origin;
    if (operationId === undefined) continue;
    const earlier = seen.get(operationId);
    if (!earlier) seen.set(operationId, operation);
    else if (earlier.at.start !== operation.at.start || earlier.at.file !== operation.at.file) {
      reader.report(
        'warning',
        'duplicate-operation-id',
        `${earlier.title} has the operation id "${operationId}" too.`,
        operation.at,
      );
    }
  }
}
