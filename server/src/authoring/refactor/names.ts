/** Names for what becomes a component, from where it stands. */

import { freeName, pascal, singular } from '../../contract/words.ts';
import { stringOf, textOf, valueOf } from '../../text/document-node.ts';
import type { Visited } from '../grammar.ts';

const statuses: Readonly<Record<string, string>> = {
  ...{ '200': 'Ok', '201': 'Created', '202': 'Accepted', '204': 'NoContent', '304': 'NotModified' },
  ...{
    '400': 'BadRequest',
    '401': 'Unauthorized',
    '403': 'Forbidden',
    '404': 'NotFound',
    '405': 'MethodNotAllowed',
  },
  ...{
    '406': 'NotAcceptable',
    '409': 'Conflict',
    '410': 'Gone',
    '413': 'ContentTooLarge',
    '415': 'UnsupportedMediaType',
  },
  ...{
    '422': 'UnprocessableContent',
    '429': 'TooManyRequests',
    '500': 'InternalServerError',
    '501': 'NotImplemented',
  },
  ...{ '502': 'BadGateway', '503': 'ServiceUnavailable', '504': 'GatewayTimeout', default: 'Error' },
};

/** A name that is not taken yet. */
export function nameFor(object: Visited, taken: ReadonlySet<string>): string {
  const wanted = pascal(wantedName(object)) || 'Component';
  return freeName(wanted, (name) => taken.has(name));
}

function wantedName(object: Visited): string {
  const { role, node, entry } = object;
  switch (role) {
    case 'parameter':
      return textOf(valueOf(node, 'name')) ?? 'Parameter';
    case 'response': {
      const status = statuses[entry?.key.toLowerCase() ?? ''];
      const operation = operationName(object);
      return entry && /^[45]|default/.test(entry.key) && status !== undefined
        ? status
        : `${operation} ${status ?? entry?.key ?? ''} Response`;
    }
    case 'requestBody':
      return `${operationName(object)} Body`;
    case 'schema':
      return schemaName(object);
    default:
      return entry?.key ?? role;
  }
}

function schemaName(object: Visited): string {
  const { node, under, entry, parent } = object;
  const title = stringOf(valueOf(node, 'title'));
  if (title !== undefined && pascal(title) !== '') return title;
  if (under === 'properties' && entry) return entry.key;
  if (under === 'items' && parent) return itemName(schemaName(parent));
  if (parent?.role === 'mediaType') {
    const holder = parent.parent;
    if (holder?.role === 'requestBody') return `${operationName(object)} Request`;
    if (holder?.role === 'response') {
      const status = holder.entry?.key ?? '';
      return /^[45]|default/.test(status)
        ? (statuses[status] ?? 'Error')
        : `${operationName(object)} Response`;
    }
  }
  if (parent?.role === 'parameter') return textOf(valueOf(parent.node, 'name')) ?? 'Parameter';
  if (parent?.role === 'response') return `${operationName(object)} Response`;
  if (parent?.role === 'schema') return `${schemaName(parent)} ${under ?? ''}`;
  return entry?.key ?? 'Schema';
}

function itemName(list: string): string {
  const item = singular(list);
  return item === list ? `${list} Item` : item;
}

function operationName(object: Visited): string {
  let current: Visited | undefined = object;
  while (current && current.role !== 'operation') current = current.parent;
  if (!current) return '';
  const id = textOf(valueOf(current.node, 'operationId'));
  return id ?? `${current.entry?.key ?? ''} ${current.parent?.entry?.key.replaceAll(/[{}]/g, '') ?? ''}`;
}
