/**
 * Which object of the specification stands where: OpenAPI 2.0 to 3.2 and JSON Schema, AsyncAPI as far as it is alike.
 *
 * One table for all versions: what a version does not know is not written in its documents, and who writes it means
 * what the others mean by it.
 */

import type { DocEntry, DocNode } from '../contract/facts.ts';
import { specVersion } from '../specs/openapi/detect.ts';
import { type Located, refOf } from '../specs/openapi/reader.ts';
import type { Kind, Value } from '../specs/openapi/vocabulary/model.ts';
import {
  componentGroups as openapiGroups,
  fieldOf,
  formsOf,
  rootGroups,
  wordsOf,
} from '../specs/openapi/vocabulary/vocabulary.ts';

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

const one = (role: Role): Child => ({ role, in: 'one' });
const list = (role: Role): Child => ({ role, in: 'list' });
const map = (role: Role): Child => ({ role, in: 'map' });

/** What the vocabulary calls an object; undefined for what it has no name for. */
const kinds: Readonly<Record<Role, Kind | undefined>> = {
  root: 'document',
  components: 'components',
  pathItem: 'pathItem',
  operation: 'operation',
  parameter: 'parameter',
  requestBody: 'requestBody',
  responses: undefined,
  response: 'response',
  header: 'header',
  mediaType: 'mediaType',
  encoding: 'encoding',
  example: 'example',
  link: 'link',
  callback: undefined,
  schema: 'schema',
  discriminator: 'discriminator',
  securityScheme: 'securityScheme',
  flows: 'oauthFlows',
  flow: 'oauthFlow',
  security: undefined,
  server: 'server',
  serverVariable: 'serverVariable',
  tag: 'tag',
  channel: undefined,
  message: undefined,
};

const roles = new Map(Object.entries(kinds).map(([role, kind]) => [kind, role as Role]));

/** The objects that the keys of an object lead to in any version of OpenAPI. */
function keysOf(kind: Kind): Readonly<Record<string, Child>> {
  const children = Object.entries(wordsOf(kind).fields).flatMap(([key, { value }]) => {
    const [child] = formsOf(value).flatMap((form) => childIn(form) ?? []);
    return child ? [[key, child] as const] : [];
  });
  return Object.fromEntries(children);
}

function childIn(value: Value): Child | undefined {
  const of = value.is === 'map' || value.is === 'list' ? value.of : value;
  const role = of.is === 'object' ? roles.get(of.kind) : undefined;
  return role && { role, in: value.is === 'map' || value.is === 'list' ? value.is : 'one' };
}

function rolesOf(groups: Readonly<Record<string, Kind>>): Readonly<Record<string, Role>> {
  return Object.fromEntries(
    Object.entries(groups).flatMap(([group, kind]) => {
      const role = roles.get(kind);
      return role ? [[group, role]] : [];
    }),
  );
}

/** Groups of named components, by the key that they stand under: of `components`, with those of AsyncAPI. */
const componentGroups: Readonly<Record<string, Role>> = {
  ...rolesOf(openapiGroups),
  callbacks: 'callback',
  channels: 'channel',
  messages: 'message',
  servers: 'server',
};

/** Do named components stand under this key? */
export function isGroup(key: string): boolean {
  return Object.hasOwn(componentGroups, key) || Object.hasOwn(rootGroups, key);
}

/** Where components of a kind stand in an OpenAPI document; undefined where the version has no place for them. */
export function componentsPointer(role: Role, version: string): readonly string[] | undefined {
  if (version === '2.0') {
    const group = Object.keys(rootGroups).find((each) => rootGroups[each] === kinds[role]);
    return group === undefined ? undefined : [group];
  }
  const group = Object.keys(componentGroups).find((each) => componentGroups[each] === role);
  const known = specVersion('openapi', version) ?? '3.2';
  return group !== undefined && fieldOf('components', group, known) ? ['components', group] : undefined;
}

/** Is it a component? */
export function isComponent({ parent, under = '', entry }: Visited): boolean {
  if (!entry || !parent) return false;
  return (
    (parent.role === 'components' && Object.hasOwn(componentGroups, under)) ||
    (parent.role === 'root' && Object.hasOwn(rootGroups, under))
  );
}

/**
 * What the vocabulary knows as mappings and lists without a name of their own, and what it has not: AsyncAPI, and
 * keywords of older JSON Schema.
 */
const more: Partial<Record<Role, Readonly<Record<string, Child>>>> = {
  root: { security: list('security'), channels: map('channel') },
  components: Object.fromEntries(Object.entries(componentGroups).map(([key, role]) => [key, map(role)])),
  operation: { responses: one('responses'), callbacks: map('callback'), security: list('security') },
  schema: { additionalItems: one('schema'), definitions: map('schema') },
  channel: { messages: map('message'), parameters: map('parameter') },
  message: { payload: one('schema'), headers: one('schema') },
};

/** Where all keys but extensions are no names but statuses, expressions. */
const others: Partial<Record<Role, Child>> = { responses: one('response'), callback: one('pathItem') };

const grammar = new Map<Role, Readonly<Record<string, Child>>>();

function childrenOf(role: Role): Readonly<Record<string, Child>> {
  const known = grammar.get(role);
  if (known) return known;
  const kind = kinds[role];
  const children = { ...(kind && keysOf(kind)), ...more[role] };
  grammar.set(role, children);
  return children;
}

/** What stands under a key of an object; undefined for a plain value, an extension, or what no version knows. */
export function childOf(role: Role, key: string): Child | undefined {
  const children = childrenOf(role);
  if (Object.hasOwn(children, key)) return children[key];
  return key.startsWith('x-') ? undefined : others[role];
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
