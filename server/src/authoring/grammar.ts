/**
 * Which object of the specification stands where: OpenAPI 2.0 to 3.2 and JSON Schema, AsyncAPI as far as it is alike.
 *
 * One table for all versions: what a version does not know is not written in its documents, and who writes it means
 * what the others mean by it.
 */

import type { DocEntry, DocNode } from '../contract/facts.ts';
import { type Located, refOf } from '../specs/openapi/reader.ts';

/** What an object is, by its name in the specification. */
export type Role =
  | 'root'
  | 'components'
  | 'pathItem'
  | 'operation'
  | 'parameter'
  | 'requestBody'
  | 'responses'
  | 'response'
  | 'header'
  | 'mediaType'
  | 'encoding'
  | 'example'
  | 'link'
  | 'callback'
  | 'schema'
  | 'discriminator'
  | 'securityScheme'
  | 'flows'
  | 'flow'
  | 'security'
  | 'server'
  | 'serverVariable'
  | 'tag'
  | 'channel'
  | 'message';

/** `one`: the value itself; `list`: its items; `map`: the values of its keys, which are names that authors choose. */
export interface Child {
  readonly role: Role;
  readonly in: 'one' | 'list' | 'map';
}

interface Grammar {
  readonly keys: Readonly<Record<string, Child>>;
  /** All other keys but extensions, where keys are no names: statuses, expressions. */
  readonly others?: Child;
}

const one = (role: Role): Child => ({ role, in: 'one' });
const list = (role: Role): Child => ({ role, in: 'list' });
const map = (role: Role): Child => ({ role, in: 'map' });

const operations = Object.fromEntries(
  ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'].map((method) => [
    method,
    one('operation'),
  ]),
);

const body = { schema: one('schema'), examples: map('example') };

/** Groups of named components, by the key that they stand under: of `components`, and of the root of OpenAPI 2.0. */
export const componentGroups: Readonly<Record<string, Role>> = {
  schemas: 'schema',
  responses: 'response',
  parameters: 'parameter',
  examples: 'example',
  requestBodies: 'requestBody',
  headers: 'header',
  securitySchemes: 'securityScheme',
  links: 'link',
  callbacks: 'callback',
  pathItems: 'pathItem',
  mediaTypes: 'mediaType',
  channels: 'channel',
  messages: 'message',
  servers: 'server',
};

/** Groups that OpenAPI 2.0 has at its root. */
export const rootGroups: Readonly<Record<string, Role>> = {
  definitions: 'schema',
  parameters: 'parameter',
  responses: 'response',
  securityDefinitions: 'securityScheme',
};

const grammar: Readonly<Record<Role, Grammar>> = {
  root: {
    keys: {
      paths: map('pathItem'),
      webhooks: map('pathItem'),
      components: one('components'),
      tags: list('tag'),
      security: list('security'),
      servers: list('server'),
      channels: map('channel'),
      ...Object.fromEntries(Object.entries(rootGroups).map(([key, role]) => [key, map(role)])),
    },
  },
  components: {
    keys: Object.fromEntries(Object.entries(componentGroups).map(([key, role]) => [key, map(role)])),
  },
  pathItem: {
    keys: {
      ...operations,
      parameters: list('parameter'),
      servers: list('server'),
      additionalOperations: map('operation'),
    },
  },
  operation: {
    keys: {
      parameters: list('parameter'),
      requestBody: one('requestBody'),
      responses: one('responses'),
      callbacks: map('callback'),
      security: list('security'),
      servers: list('server'),
    },
  },
  parameter: { keys: { ...body, content: map('mediaType'), items: one('schema') } },
  header: { keys: { ...body, content: map('mediaType'), items: one('schema') } },
  requestBody: { keys: { content: map('mediaType') } },
  responses: { keys: {}, others: one('response') },
  response: {
    keys: {
      headers: map('header'),
      content: map('mediaType'),
      links: map('link'),
      schema: one('schema'),
    },
  },
  mediaType: {
    keys: {
      ...body,
      itemSchema: one('schema'),
      encoding: map('encoding'),
      itemEncoding: one('encoding'),
      prefixEncoding: list('encoding'),
    },
  },
  encoding: { keys: { headers: map('header'), encoding: map('encoding') } },
  example: { keys: {} },
  link: { keys: { server: one('server') } },
  callback: { keys: {}, others: one('pathItem') },
  schema: {
    keys: {
      ...Object.fromEntries(
        [
          ...['items', 'additionalItems', 'additionalProperties', 'not', 'if', 'then', 'else', 'contains'],
          ...['propertyNames', 'unevaluatedItems', 'unevaluatedProperties', 'contentSchema'],
        ].map((key) => [key, one('schema')]),
      ),
      ...Object.fromEntries(['allOf', 'anyOf', 'oneOf', 'prefixItems'].map((key) => [key, list('schema')])),
      ...Object.fromEntries(
        ['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas'].map((key) => [
          key,
          map('schema'),
        ]),
      ),
      discriminator: one('discriminator'),
    },
  },
  discriminator: { keys: {} },
  securityScheme: { keys: { flows: one('flows') } },
  flows: { keys: {}, others: one('flow') },
  flow: { keys: {} },
  security: { keys: {} },
  server: { keys: { variables: map('serverVariable') } },
  serverVariable: { keys: {} },
  tag: { keys: {} },
  channel: { keys: { messages: map('message'), parameters: map('parameter') } },
  message: { keys: { payload: one('schema'), headers: one('schema') } },
};

/** What stands under a key of an object; undefined for a plain value, an extension, or what no version knows. */
export function childOf(role: Role, key: string): Child | undefined {
  const { keys, others } = grammar[role];
  if (Object.hasOwn(keys, key)) return keys[key];
  return key.startsWith('x-') ? undefined : others;
}

/** An object of a known role. */
export interface Visited extends Located {
  readonly role: Role;
  /** The mapping or list that holds it stands under this key; undefined for where the walk began. */
  readonly under?: string;
  /** Its own key, where that is a name or one of `others`. */
  readonly entry?: DocEntry;
  /** The object around it. */
  readonly parent?: Visited;
  /** It stands between braces or brackets. */
  readonly inFlow: boolean;
  /** No object of the role, but a reference to a mapping of such. */
  readonly isMap?: true;
}

/** A mapping of named objects may be a reference to one: `paths: { $ref: paths.yaml }`. */
export interface NamedObjects {
  readonly under: string;
  readonly parent: Visited;
}

/**
 * Every object below a place, outermost first, each text once for a role however many aliases lead to it.
 *
 * @param text The document's, to tell braces from blocks.
 * @param names Given where the place is no object of the role but a mapping of such.
 */
export function walk(from: Located, role: Role, text: string, names?: NamedObjects): readonly Visited[] {
  const found: Visited[] = [];
  const seen = new Map<DocNode, Role[]>();
  const visit = (at: Visited): void => {
    const roles = seen.get(at.node);
    if (roles?.includes(at.role) === true) return;
    if (roles) roles.push(at.role);
    else seen.set(at.node, [at.role]);
    found.push(at);
    if (at.node.kind !== 'map' || at.isMap === true) return;
    for (const entry of at.node.entries) {
      const child = childOf(at.role, entry.key);
      if (child) descend(at, entry, child);
    }
  };
  const descend = (parent: Visited, entry: DocEntry, child: Child): void => {
    const { value, key } = entry;
    const pointer = [...parent.pointer, key];
    const at = (node: DocNode, tokens: readonly string[], own: DocEntry | undefined): Visited => ({
      file: parent.file,
      node,
      pointer: tokens,
      role: child.role,
      under: key,
      parent,
      inFlow: isFlow(text, value) || isFlow(text, parent.node),
      ...(own && { entry: own }),
    });
    if (child.in === 'map') {
      visitNamed({ file: parent.file, node: value, pointer }, child.role, { under: key, parent });
    } else if (value.kind === 'seq') {
      // `items` may be a list of schemas (JSON Schema draft 4).
      value.items.forEach((item, index) => visit(at(item, [...pointer, String(index)], undefined)));
    } else if (child.in === 'one') {
      visit(at(value, pointer, entry));
    }
  };
  const visitNamed = ({ file, node, pointer }: Located, of: Role, { under, parent }: NamedObjects): void => {
    if (node.kind !== 'map') return;
    const inFlow = isFlow(text, node);
    if (refOf(node)) visit({ file, node, pointer, role: of, under, parent, inFlow, isMap: true });
    for (const entry of node.entries)
      if (entry.value.kind !== 'scalar' || entry.key !== '$ref')
        visit({
          file,
          node: entry.value,
          pointer: [...pointer, entry.key],
          role: of,
          under,
          parent,
          entry,
          inFlow,
        });
  };
  if (names) visitNamed(from, role, names);
  else visit({ ...from, role, inFlow: isFlow(text, from.node) });
  return found;
}

export function isFlow(text: string, { start }: DocNode): boolean {
  return text[start] === '{' || text[start] === '[';
}
