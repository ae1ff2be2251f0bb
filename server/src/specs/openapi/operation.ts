/** Operation objects as operations of the contract. */

import { known, unknown } from '../../contract/knowledge.ts';
import type { SpecOperation } from '../../contract/operation.ts';
import { parseTemplate } from '../../contract/path.ts';
import type { FileId } from '../../contract/span.ts';
import { booleanOf, formatPointer, textOf, valueOf } from '../../text/document-node.ts';
import { requestBodies, swaggerBodies } from './bodies.ts';
import type { Context } from './context.ts';
import { readParameters } from './parameters.ts';
import { type MethodEntry, type PathItem, pathOf } from './path-items.ts';
import { child } from './reader.ts';
import { readOutputs } from './responses.ts';
import { readSecurity } from './security.ts';
import { ignoredBy, wiredTo } from './vendor.ts';

export function readOperation(
  context: Context,
  item: PathItem,
  found: MethodEntry,
  spec: FileId,
): SpecOperation {
  const read = readInFull(context, item, found, spec);
  const astray = context.reader.astray(found.operation);
  if (!astray) return read;
  const nothing = { items: [], complete: false, gaps: [astray] };
  const origin = { ...read.origin, astray };
  return { ...read, inputs: nothing, bodies: nothing, outputs: nothing, origin };
}

function readInFull(context: Context, item: PathItem, found: MethodEntry, spec: FileId): SpecOperation {
  const { operation, entry, method } = found;
  const doubt = context.reader.doubt(operation);
  const outermostFirst = [...item.layers].reverse();
  const parameters = readParameters(context, [...outermostFirst, operation]);
  const { security, at: securityAt } = readSecurity(context, operation);
  const scopes = [operation, ...item.layers, context.top];
  const responses = child(operation, 'responses');
  const summary = textOf(valueOf(operation.node, 'summary'));
  const operationId = textOf(valueOf(operation.node, 'operationId'));
  const deprecated = child(operation, 'deprecated');
  const wired = wiredTo(scopes);
  const ignored = ignoredBy(scopes);
  return {
    key: { protocol: 'http', method, path: parseTemplate(pathOf(item.path.key)), variants: [] },
    at: entry.keyAt,
    title: `${method} ${item.path.key}`,
    inputs: parameters.inputs,
    bodies:
      context.version === '2.0'
        ? swaggerBodies(context, operation, parameters)
        : requestBodies(context, operation),
    outputs: readOutputs(context, operation),
    security,
    deprecated: doubt
      ? unknown(doubt)
      : known(
          deprecated !== undefined && booleanOf(deprecated.node) === true,
          'declared',
          deprecated?.keyAt ?? entry.keyAt,
        ),
    origin: {
      side: 'spec',
      spec,
      pointer: formatPointer(entry.pointer),
      ...(operationId === undefined ? {} : { operationId }),
      ...(summary === undefined ? {} : { summary }),
      tags: tagsOf(context, found),
      pathAt: item.path.keyAt,
      ...(responses ? { responsesAt: responses.keyAt } : {}),
      ...(securityAt ? { securityAt } : {}),
      ...(wired === undefined ? {} : { wired }),
      ...(ignored === undefined ? {} : { ignored }),
    },
  };
}

function tagsOf(context: Context, { operation }: MethodEntry): readonly string[] {
  const tags = context.reader.list(child(operation, 'tags'), 'The tags');
  return tags.flatMap(({ node }) => textOf(node) ?? []);
}
