/** Standard orders: keys as the specification lists them, components by name, paths by address. */

import { sortEntries } from '../../text/sort-entries.ts';
import type { Edited } from '../edits.ts';
import type { Visited } from '../grammar.ts';
import type { SpecSources } from '../sources.ts';
import type { FileId } from '../../contract/span.ts';
import type { DocNode } from '../../contract/facts.ts';

const orders = {
  root: [
    ...[
      'openapi',
      'swagger',
      '$self',
      'info',
      'jsonSchemaDialect',
      'externalDocs',
      'host',
      'basePath',
      'schemes',
    ],
    ...[
      'servers',
      'consumes',
      'produces',
      'security',
      'tags',
      'paths',
      'webhooks',
      'definitions',
      'parameters',
    ],
    ...['responses', 'securityDefinitions', 'components'],
  ],
  pathItem: [
    ...[
      '$ref',
      'summary',
      'description',
      'servers',
      'parameters',
      'get',
      'query',
      'post',
      'put',
      'patch',
      'delete',
    ],
    ...['head', 'options', 'trace', 'additionalOperations'],
  ],
  operation: [
    ...[
      'tags',
      'summary',
      'description',
      'externalDocs',
      'operationId',
      'deprecated',
      'security',
      'consumes',
    ],
    ...['produces', 'parameters', 'requestBody', 'responses', 'callbacks', 'servers'],
  ],
} as const;

/** Keys that the order does not know come last, as they were; those of extensions behind them. */
export function byOrder(order: readonly string[]): (a: string, b: string) => number {
  const rank = (key: string): number => {
    const place = order.indexOf(key);
    return place >= 0 ? place : order.length + (key.startsWith('x-') ? 1 : 0);
  };
  return (a, b) => rank(a) - rank(b);
}

export function byName(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function standardOrder({ role }: Visited): readonly string[] | undefined {
  return role === 'root' || role === 'pathItem' || role === 'operation' ? orders[role] : undefined;
}

export function sorted(
  sources: SpecSources,
  file: FileId,
  node: DocNode | undefined,
  compare: (a: string, b: string) => number,
): Edited {
  const text = sources.text(file);
  if (text === undefined || node?.kind !== 'map') return { refused: 'There is nothing to sort.' };
  const edit = sortEntries(text, node, compare);
  return edit
    ? { edits: [{ file, ...edit }] }
    : { refused: 'It is in order, or written in a way that cannot be moved.' };
}
