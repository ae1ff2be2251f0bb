/**
 * A document from requests that were made or written down. It has names and kinds of values and never a value itself: no
 * token, no cookie and nothing about a person comes from the requests into it.
 */

import { operationIds } from '../../contract/operation-ids.ts';
import { kebab, wordsOf } from '../../contract/words.ts';
import type { Plain } from '../../text/document-style.ts';
import { draftVersions, type DraftVersion } from '../contract.ts';
import { methods } from '../operation.ts';
import type { Draft } from '../schema.ts';
import { templateOf, type Part } from './addresses.ts';
import { bodyOf, responsesOf } from './bodies.ts';
import type { Credential, Exchange, Read } from './exchange.ts';
import { isHar, readHar } from './har.ts';
import { objectOf, parsed } from './loose.ts';
import { isPostman, readPostman } from './postman.ts';

export interface RequestsDraft {
  readonly document: Draft;
  readonly operations: number;
  /** Requests that are not in it, each once, with the reason as half a sentence. */
  readonly left: readonly { readonly title: string; readonly why: string }[];
}

/** The exchanges of a collection or a recording. */
export function readRequests(text: string): Read {
  const document = objectOf(parsed(text.replace(/^\uFEFF/, '')));
  if (!document) return { refused: 'It is no JSON.' };
  if (isHar(document)) return readHar(document);
  if (isPostman(document)) return readPostman(document);
  return { refused: 'It is neither a collection of Postman (format 2.0 or 2.1) nor a HAR recording.' };
}

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly parts: readonly Part[];
  readonly exchanges: Exchange[];
}

export function draftRequests(
  { title, exchanges }: Exclude<Read, { refused: string }>,
  version: DraftVersion,
): RequestsDraft {
  const left = new Map<string, string>();
  const origin = mostFrequent(exchanges.flatMap(({ address }) => address.origin ?? []));
  const operations = new Map<string, Operation>();
  for (const exchange of exchanges) {
    const parts = templateOf(exchange.address);
    const path = pathOf(parts);
    const method = exchange.method.toLowerCase();
    const name = `${exchange.method} ${path}`;
    if (!methods.includes(method)) left.set(name, 'has a method that OpenAPI has no word for');
    else if (exchange.address.origin !== undefined && exchange.address.origin !== origin)
      left.set(`${exchange.method} ${exchange.address.origin}${path}`, `is not of ${origin ?? ''}`);
    else {
      // Parameters of one path may have several names; the first one stays.
      const key = `${method} ${path.replaceAll(/\{[^}]*\}/g, '{}')}`;
      const known = operations.get(key);
      if (known) known.exchanges.push(exchange);
      else operations.set(key, { method, path, parts, exchanges: [exchange] });
    }
  }
  const all = [...operations.values()];
  const base = commonBase(all.map(({ parts }) => parts));
  const own = all.map((each) => ({ ...each, path: each.path.slice(base.length) }));
  return {
    document: documentOf(title, own, `${origin ?? ''}${base}` || '/', version),
    operations: operations.size,
    left: [...left].map(([name, why]) => ({ title: name, why })),
  };
}

function documentOf(
  title: string,
  operations: readonly Operation[],
  server: string,
  version: DraftVersion,
): Draft {
  const schemes: Record<string, Draft> = {};
  const paths = new Map<string, { readonly path: string; readonly item: Record<string, Plain> }>();
  const ids = operationIds(operations.map(({ method, path }) => ({ method, path })));
  const tags = new Set<string>();
  for (const operation of operations) {
    const { method, path, exchanges } = operation;
    const shape = path.replaceAll(/\{[^}]*\}/g, '{}');
    const holder = paths.get(shape) ?? { path, item: {} };
    paths.set(shape, holder);
    const tag = exchanges.flatMap(({ group }) => group ?? [])[0];
    const name = tag === undefined ? undefined : kebab(tag);
    if (name !== undefined && name !== '') tags.add(name);
    const security = [
      ...new Set(exchanges.flatMap(({ credential }) => (credential ? schemeOf(credential, schemes) : []))),
    ];
    const [wanted] = exchanges.flatMap(({ name: title }) => title ?? []);
    holder.item[method] = {
      ...(name !== undefined && name !== '' && { tags: [name] }),
      ...(wanted !== undefined && !holdsSecret(wanted) && { summary: wanted }),
      ...described(exchanges),
      operationId: ids({ method, path }, wanted === undefined ? undefined : idOf(wanted)),
      ...withParameters(operation, holder.path, exchanges),
      ...bodyOf(exchanges, version),
      responses: responsesOf(exchanges, version),
      ...(security.length > 0 && { security: security.map((each) => ({ [each]: [] })) }),
    };
  }
  return {
    openapi: draftVersions[version],
    info: { title, version: '1.0.0' },
    servers: [{ url: server }],
    ...(tags.size > 0 && { tags: [...tags].map((name) => ({ name })) }),
    paths: Object.fromEntries([...paths.values()].map(({ path, item }) => [path, sorted(item)])),
    ...(Object.keys(schemes).length > 0 && { components: { securitySchemes: schemes } }),
  };
}

function sorted(item: Readonly<Record<string, Plain>>): Draft {
  return Object.fromEntries(Object.entries(item).sort(([a], [b]) => methods.indexOf(a) - methods.indexOf(b)));
}

function pathOf(parts: readonly Part[]): string {
  return `/${parts.map((part) => ('literal' in part ? part.literal : `{${part.parameter}}`)).join('/')}`;
}

/** `/api/v1` where all paths begin so: that is where the server is, and no part of any operation. */
function commonBase(paths: readonly (readonly Part[])[]): string {
  const [first = []] = paths;
  const general = first.map((part) =>
    'literal' in part && /^(?:api|rest|v\d+)$/i.test(part.literal) ? part.literal : '',
  );
  const isShared = (word: string, at: number): boolean =>
    word !== '' &&
    paths.every((parts) => {
      const other = parts[at];
      return other !== undefined && 'literal' in other && other.literal === word && parts.length > at + 1;
    });
  const length = general.findIndex((word, at) => !isShared(word, at));
  return general
    .slice(0, Math.max(0, length))
    .map((word) => `/${word}`)
    .join('');
}

function mostFrequent(values: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

/** What people call a request, where it can be a name of code. */
function idOf(name: string): string | undefined {
  const words = wordsOf(name);
  const id = words
    .map((word, index) => (index === 0 ? word : word.slice(0, 1).toUpperCase() + word.slice(1)))
    .join('');
  return words.length <= 6 && /^[a-z]\w*$/i.test(id) && !holdsSecret(name) ? id : undefined;
}

/** Tokens and keys in texts that people wrote: long texts of letters and digits mixed. */
function holdsSecret(text: string): boolean {
  return (
    /\b(?:bearer|basic)\s+\S{8,}|\beyJ[\w-]{10,}|(?:password|secret|token|api[_-]?key)["'\s]*[:=]/i.test(
      text,
    ) || (text.match(/[\w+/=-]{20,}/g) ?? []).some((word) => /\d/.test(word) && /[a-z]/i.test(word))
  );
}

function described(exchanges: readonly Exchange[]): Draft {
  const [text] = exchanges.flatMap(({ description }) => description ?? []);
  return text === undefined || holdsSecret(text) ? {} : { description: text };
}

/** Headers that belong to the protocol, to browsers and proxies, or to security. */
const general =
  /^(?::.*|accept(?:-.*)?|access-control-.*|authorization|cache-control|connection|content-.*|cookie|dnt|expect|forwarded|host|if-.*|keep-alive|origin|postman-token|pragma|priority|proxy-.*|range|referer|sec-.*|te|trailer|transfer-encoding|upgrade.*|user-agent|via|x-csrf.*|x-forwarded-.*|x-real-ip|x-requested-with|x-xsrf.*|x-client-data|)$/i;

function withParameters({ parts }: Operation, path: string, exchanges: readonly Exchange[]): Draft {
  const names = [...path.matchAll(/\{([^}]*)\}/g)].map(([, name = '']) => name);
  const inPath = parts.filter((part) => 'parameter' in part);
  const keys = new Set(
    exchanges.flatMap(({ credential }) =>
      credential?.kind === 'apiKey' ? [credential.name.toLowerCase()] : [],
    ),
  );
  const query = new Map<string, string[]>();
  for (const { address } of exchanges)
    for (const { name, value } of address.query)
      if (!keys.has(name.toLowerCase())) query.set(name, [...(query.get(name) ?? []), value]);
  const headers = new Set(
    exchanges.flatMap((exchange) =>
      exchange.headers.filter((name) => !general.test(name) && !keys.has(name) && !name.includes('{{')),
    ),
  );
  const parameters: Plain[] = [
    ...inPath.map((part, index) => ({
      name: names[index] ?? part.parameter,
      in: 'path',
      required: true,
      schema: part.schema,
    })),
    ...[...query].map(([name, values]) => ({ name, in: 'query', schema: { type: kindOf(values) } })),
    ...[...headers].map((name) => ({ name, in: 'header', schema: { type: 'string' } })),
  ];
  return parameters.length > 0 ? { parameters } : {};
}

function kindOf(values: readonly string[]): string {
  const every = (pattern: RegExp): boolean => values.every((value) => pattern.test(value));
  if (every(/^-?\d{1,15}$/)) return 'integer';
  if (every(/^-?\d+(?:\.\d+)?$/)) return 'number';
  return every(/^(?:true|false)$/) ? 'boolean' : 'string';
}

const flow = {
  authorizationUrl: 'https://example.com/authorize',
  tokenUrl: 'https://example.com/token',
  scopes: {},
};

/** Adds the scheme where it is new, and gives its name. */
function schemeOf(credential: Credential, schemes: Record<string, Draft>): readonly string[] {
  switch (credential.kind) {
    case 'apiKey': {
      const name = `${kebab(credential.name)}`;
      schemes[name] ??= { type: 'apiKey', in: credential.in, name: credential.name };
      return [name];
    }
    case 'oauth2':
      schemes['oauth2'] ??= { type: 'oauth2', flows: { authorizationCode: flow } };
      return ['oauth2'];
    default:
      schemes[credential.kind] ??= { type: 'http', scheme: credential.kind };
      return [credential.kind];
  }
}
