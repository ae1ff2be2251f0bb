/** How messages name things. */

import type { OperationName } from '../../contract/finding.ts';
import type { CodeOperation, Group, SpecOperation } from '../../contract/operation.ts';
import { formatPath } from '../../contract/path.ts';
import type { Span } from '../../contract/span.ts';
import type { Pile } from '../define-rule.ts';

export function operationName({ key }: SpecOperation | CodeOperation): OperationName {
  return { method: key.method, path: formatPath(key.path) };
}

export function label({ method, path }: OperationName): string {
  return `${method} ${path}`;
}

/** `a`, `a and b`, `a, b and c`; with more than `most` items the last ones are counted: `a, b, c and 3 more`. */
export function listed(items: readonly string[], most = 4): string {
  const shown =
    items.length > most ? [...items.slice(0, most - 1), `${items.length - most + 1} more`] : items;
  const last = shown.at(-1) ?? '';
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} and ${last}`;
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** A pile for operations that share the place of a fault: a helper or middleware that serves them all is one thing to mend. */
export function pileAt(at: Span, what: string): Pile {
  return { key: `${at.file} ${at.start} ${what}`, least: 2, at, title: what };
}

/** The labels of operations, each once, in order. */
export function labels(operations: readonly OperationName[]): readonly string[] {
  return [...new Set(operations.map(label))];
}

/** The message of one finding with the names of all operations that it speaks of; that of each begins with its label. */
export function ofMany<S extends { readonly operation: OperationName }>(
  states: readonly S[],
  message: (state: S) => string,
): string {
  const [first] = states;
  if (!first) return '';
  const operations = labels(states.map(({ operation }) => operation));
  const one = message(first).replace(`${label(first.operation)}: `, '');
  return `${plural(operations.length, 'operation')} (${listed(operations)}): ${one}`;
}

/** A pile for operations of one router or controller that show the same fault. */
export function pileOf(group: Group, what = '', at: Span = group.at): Pile {
  return { key: `${group.id} ${what}`, least: 3, at, title: group.title };
}
