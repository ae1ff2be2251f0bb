/** An OpenAPI document as rules of contract health look at it: operations with references followed, over all its files. */

import type { DocEntry, DocNode, DocumentFacts } from '../../contract/facts.ts';
import type { FileId, Span } from '../../contract/span.ts';
import { entryOf, lookUp, parsePointer, stringOf, textOf } from '../../text/document-node.ts';
import { folderOf, joined } from '../../text/relative-path.ts';

/** A value, and the file that it stands in. */
export interface Part {
  readonly node: DocNode;
  readonly file: FileId;
  /** Absolute, with `/` as separator. */
  readonly path: string;
}

/** A value below a key. */
export interface Entry {
  readonly key: string;
  /** Of the key. */
  readonly at: Span;
  /** With references followed. */
  readonly value: Part;
}

export interface ApiResponse {
  /** `404`, `4XX` or `default`. */
  readonly status: string;
  readonly at: Span;
  readonly value: Part;
  /** In lower case. */
  readonly headers: readonly string[];
  /** Of its bodies, by media type; `*` in OpenAPI 2.0. */
  readonly schemas: readonly { readonly mediaType: string; readonly schema: Part }[];
}

export interface ApiParameter {
  readonly name: string;
  readonly in: string;
}

export interface ApiOperation {
  /** In capitals. */
  readonly method: string;
  readonly path: string;
  /** Of the method's key. */
  readonly at: Span;
  readonly value: Part;
  readonly parameters: readonly ApiParameter[];
  readonly hasBody: boolean;
  readonly responses: readonly ApiResponse[];
}

export interface Api {
  readonly root: Part;
  readonly operations: readonly ApiOperation[];
  /** What a reference leads to, the part itself where it is none; undefined where it leads nowhere. */
  follow(part: Part): Part | undefined;
  /** What stands below a key, with references followed. */
  get(part: Part | undefined, ...keys: readonly string[]): Part | undefined;
  entries(part: Part | undefined): readonly Entry[];
  items(part: Part | undefined): readonly Part[];
}

export interface ApiInput {
  /** Absolute, with `/` as separator. */
  readonly path: string;
  readonly facts: DocumentFacts;
  /** A file that a document refers to; undefined where there is none. */
  read(path: string): { readonly facts: DocumentFacts } | undefined;
}

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'];

/** Longer chains of references are circles. */
const longestChain = 30;

/** Undefined for a document that is no OpenAPI. */
export function readApi(input: ApiInput): Api | undefined {
  const { node, file } = { node: input.facts.root, file: input.facts.file };
  if (!node || (textOf(lookUp(node, ['openapi'])) ?? textOf(lookUp(node, ['swagger']))) === undefined)
    return undefined;
  const root: Part = { node, file, path: input.path };
  const documents = new Map<string, Part | undefined>([[input.path, root]]);

  const open = (path: string): Part | undefined => {
    if (documents.has(path)) return documents.get(path);
    const facts = input.read(path)?.facts;
    const part = facts?.root && { node: facts.root, file: facts.file, path };
    documents.set(path, part);
    return part;
  };
  const targets = new Map<string, Part | undefined>();
  const targetOf = (from: Part, ref: string): Part | undefined => {
    const key = `${from.path} ${ref}`;
    if (!targets.has(key)) targets.set(key, target(from, ref, open));
    return targets.get(key);
  };
  const follow = (part: Part): Part | undefined => {
    let at: Part | undefined = part;
    for (let step = 0; at && step < longestChain; step += 1) {
      const ref = refOf(at.node);
      if (ref === undefined) return at;
      at = targetOf(at, ref);
    }
    return undefined;
  };
  const entries = (part: Part | undefined): readonly Entry[] => {
    if (part?.node.kind !== 'map') return [];
    const found: Entry[] = [];
    for (const entry of part.node.entries) {
      const value = follow({ node: entry.value, file: part.file, path: part.path });
      if (value) found.push({ key: entry.key, at: keySpan(part, entry), value });
    }
    return found;
  };
  const get = (part: Part | undefined, ...keys: readonly string[]): Part | undefined => {
    let at = part;
    for (const key of keys) {
      const entry = at && entryOf(at.node, key);
      at = at && entry && follow({ ...at, node: entry.value });
    }
    return at;
  };
  const items = (part: Part | undefined): readonly Part[] =>
    part?.node.kind === 'seq' ? part.node.items.flatMap((item) => follow({ ...part, node: item }) ?? []) : [];
  const api = { root, follow, get, entries, items };
  return { ...api, operations: operationsOf(api) };
}

export function keySpan({ file }: Part, { keyStart, keyEnd }: DocEntry): Span {
  return { file, start: keyStart, end: keyEnd };
}

/** The key at the top of the document that is there first; the document's first character where none is. */
export function topKey({ root }: Pick<Api, 'root'>, ...paths: readonly (readonly string[])[]): Span {
  for (const path of paths) {
    const parent = lookUp(root.node, path.slice(0, -1));
    const entry = parent && entryOf(parent, path.at(-1) ?? '');
    if (entry) return keySpan(root, entry);
  }
  return { file: root.file, start: root.node.start, end: root.node.start + 1 };
}

/** Asked of every value: without the detour over `entryOf`. */
function refOf(node: DocNode): string | undefined {
  if (node.kind !== 'map') return undefined;
  for (const { key, value } of node.entries) if (key === '$ref') return stringOf(value);
  return undefined;
}

function target(from: Part, ref: string, open: (path: string) => Part | undefined): Part | undefined {
  const [name = '', fragment = ''] = ref.split('#', 2);
  if (/^[a-z][a-z0-9+.-]*:/i.test(name)) return undefined;
  const document = open(name === '' ? from.path : joined(folderOf(from.path), decoded(name)));
  const tokens = parsePointer(decoded(fragment));
  const node = document && tokens && lookUp(document.node, tokens);
  return document && node && { ...document, node };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

type Reading = Omit<Api, 'operations'>;

function operationsOf(api: Reading): readonly ApiOperation[] {
  return api.entries(api.get(api.root, 'paths')).flatMap(({ key: path, value: item }) =>
    api
      .entries(item)
      .filter(({ key, value }) => methods.includes(key) && value.node.kind === 'map')
      .map(({ key, at, value }): ApiOperation => {
        const parameters = [
          ...api.items(api.get(item, 'parameters')),
          ...api.items(api.get(value, 'parameters')),
        ].map((one) => ({
          name: stringOf(api.get(one, 'name')?.node) ?? '',
          in: stringOf(api.get(one, 'in')?.node) ?? '',
        }));
        return {
          method: key.toUpperCase(),
          path,
          at,
          value,
          parameters,
          hasBody:
            api.get(value, 'requestBody') !== undefined ||
            parameters.some((one) => one.in === 'body' || one.in === 'formData'),
          responses: api.entries(api.get(value, 'responses')).map((entry) => responseOf(api, entry)),
        };
      }),
  );
}

function responseOf(api: Reading, { key: status, at, value }: Entry): ApiResponse {
  const old = api.get(value, 'schema');
  return {
    status,
    at,
    value,
    headers: api.entries(api.get(value, 'headers')).map(({ key }) => key.toLowerCase()),
    schemas: [
      ...(old ? [{ mediaType: '*', schema: old }] : []),
      ...api.entries(api.get(value, 'content')).flatMap(({ key: mediaType, value: media }) => {
        const schema = api.get(media, 'schema');
        return schema ? [{ mediaType, schema }] : [];
      }),
    ],
  };
}
