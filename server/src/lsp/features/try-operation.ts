/** An operation as a form to be filled in, and the request that comes of it. Nothing is sent from here. */

import type { SpecOperation } from '../../contract/operation.ts';
import { formatPath } from '../../contract/path.ts';
import { child, children, securitySchemesIn, type Located } from '../../specs/openapi/reader.ts';
import { stringOf, textOf, valueOf } from '../../text/document-node.ts';
import type { TryAnswer, TryParams, WireCredential } from '../protocol.ts';
import type { FeatureIndex } from './feature-index.ts';
import { pathAt } from './document-path.ts';
import { operationNode } from './operation-rows.ts';
import { parametersOf, specOf } from './preview.ts';
import { previewBody, previewParameter, type PreviewField } from './preview-schema.ts';
import { exampleText } from './shape-text.ts';

export interface TryForm {
  readonly id: string;
  readonly method: string;
  /** A template: `/teas/{teaId}`. */
  readonly path: string;
  /** Of the specification; an address without a host has that of a local server. */
  readonly servers: readonly TryServer[];
  readonly parameters: readonly TryParameter[];
  readonly bodies: readonly { readonly mediaType: string; readonly example: string }[];
  readonly credentials: readonly WireCredential[];
}

export interface TryServer {
  /** With `{variables}`. */
  readonly url: string;
  readonly variables: readonly {
    readonly name: string;
    readonly value: string;
    /** The values that there are, where the specification says so. */
    readonly values?: readonly string[];
  }[];
}

export interface TryParameter extends Pick<PreviewField, 'key' | 'required' | 'type'> {
  readonly in: string;
  /** What it begins with: an example, or nothing. */
  readonly value: string;
}

export type TryRequest = NonNullable<TryAnswer['request']>;

/** Undefined for an operation that no specification has. */
export function tryForm(index: FeatureIndex, id: string): TryForm | undefined {
  const spec = index.entries.find((one) => one.id === id)?.spec;
  const operation = spec && operationNode(index, spec);
  const root = spec && specOf(index, spec.origin.spec);
  const top = root && index.reader.document(root.file);
  if (!operation || !top) return undefined;
  const parameters = parametersOf(index, spec.at.file, operation).flatMap((at): readonly TryParameter[] => {
    const field = previewParameter(index.reader, at);
    if (field?.in === undefined || field.in === 'formData') return [];
    const { key, required, type } = field;
    return [{ key, required, type, in: field.in, value: exampleText(index.reader, at, 1_000) ?? '' }];
  });
  const [own, general] = [operation, top].map((at) => child(at, 'servers'));
  return {
    id,
    method: spec.key.method,
    path: writtenPath(index, spec),
    servers: serversOf(own ?? general, top),
    parameters,
    bodies: previewBody(index.reader, operation).map(({ mediaType, example }) => ({
      mediaType: mediaType === 'body' ? 'application/json' : mediaType,
      example: example ?? '',
    })),
    credentials: spec.security.schemes.items.flatMap(({ name }) => credentialOf(index, top, name)),
  };
}

/** The key of the path: what operations are compared by has the path of the server in front. */
function writtenPath(index: FeatureIndex, { key, origin }: SpecOperation): string {
  const { file, start } = origin.pathAt;
  const top = index.document(file);
  const step = top && pathAt(top.node, start).steps.at(-1);
  return step?.entry?.keyStart === start ? step.token : formatPath(key.path);
}

/** Where nothing says another host, it is the machine on which people try things. */
const local = 'http://localhost:3000';

function serversOf(servers: Located | undefined, top: Located): readonly TryServer[] {
  const written =
    servers?.node.kind === 'seq'
      ? servers.node.items.flatMap((_, position) => serverOf(child(servers, String(position))))
      : swaggerServers(top).map((url): TryServer => ({ url, variables: [] }));
  const all = new Map(
    written.map(({ url, variables }) => {
      const whole = wholeUrl(url, variables).replace(/\/+$/, '');
      return [whole, { url: whole, variables }];
    }),
  );
  return all.size > 0 ? [...all.values()] : [{ url: local, variables: [] }];
}

/** A variable may hold the scheme, or all of it. */
function wholeUrl(url: string, variables: TryServer['variables']): string {
  const filled = fillIn(url, Object.fromEntries(variables.map(({ name, value }) => [name, value])));
  if (/^https?:\/\//i.test(filled)) return url;
  return filled.startsWith('//') ? `https:${url}` : `${local}${filled.startsWith('/') ? url : `/${url}`}`;
}

function serverOf(server: Located | undefined): readonly TryServer[] {
  const url = server && textOf(valueOf(server.node, 'url'));
  if (!server || url === undefined) return [];
  const variables = child(server, 'variables');
  return [
    {
      url,
      variables: (variables ? children(variables) : []).map(({ key, node }) => {
        const values = valueOf(node, 'enum');
        return {
          name: key,
          value: textOf(valueOf(node, 'default')) ?? '',
          ...(values?.kind === 'seq' && { values: values.items.flatMap((item) => textOf(item) ?? []) }),
        };
      }),
    },
  ];
}

/** What has no value stays as it is. */
function fillIn(url: string, values: Readonly<Record<string, string>>): string {
  return url.replace(variable, (whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? whole) : whole,
  );
}

const variable = /\{([^{}]*)\}/g;

/** OpenAPI 2.0, section "Swagger Object": `schemes`, `host` and `basePath`. */
function swaggerServers({ node }: Located): readonly string[] {
  const host = textOf(valueOf(node, 'host'));
  const base = textOf(valueOf(node, 'basePath')) ?? '';
  if (host === undefined) return base === '' ? [] : [base];
  const schemes = valueOf(node, 'schemes');
  const first = schemes?.kind === 'seq' ? textOf(schemes.items[0]) : undefined;
  return [`${first ?? 'https'}://${host}${base}`];
}

function credentialOf(index: FeatureIndex, top: Located, scheme: string): readonly WireCredential[] {
  const schemes = securitySchemesIn(top);
  const written = schemes && child(schemes, scheme);
  const followed = written && index.reader.follow(written);
  if (!followed?.found) return [];
  const text = (key: string): string | undefined => stringOf(valueOf(followed.at.node, key));
  const place = text('in');
  switch (text('type')) {
    case 'apiKey':
      return place === 'header' || place === 'query' || place === 'cookie'
        ? [{ scheme, kind: 'key', in: place, name: text('name') ?? scheme }]
        : [];
    case 'basic':
      return [{ scheme, kind: 'basic' }];
    case 'http':
      return [{ scheme, kind: text('scheme')?.toLowerCase() === 'basic' ? 'basic' : 'bearer' }];
    case 'oauth2':
    case 'openIdConnect':
      return [{ scheme, kind: 'bearer' }];
    default:
      return [];
  }
}

/** The request, or a sentence that says what it lacks. */
export function requestOf(
  form: TryForm,
  filled: TryParams['filled'],
): TryRequest | { readonly refused: string } {
  const server = fillIn(filled.server, filled.variables ?? {});
  const [, unknown] = new RegExp(variable.source).exec(server) ?? [];
  if (unknown !== undefined) return { refused: `Nothing says what {${unknown}} of the server is.` };
  const base = parsedUrl(server);
  if (!base) return { refused: 'The server must be an address that begins with http:// or https://.' };
  if (base.username !== '' || base.password !== '')
    return { refused: 'An address has no place for a password: secrets are kept by the editor.' };
  const valueFor = ({ in: where, key }: TryParameter): string => filled.values[`${where} ${key}`] ?? '';
  const missing = form.parameters.find((each) => each.required && valueFor(each) === '');
  if (missing) return { refused: `${missing.key} is required.` };
  const given = form.parameters.filter((each) => valueFor(each) !== '');
  const inPlace = (where: string): readonly (readonly [string, string])[] =>
    given.filter((each) => each.in === where).map((each) => [each.key, valueFor(each)] as const);
  const path = inPlace('path').reduce(
    (text, [key, value]) => text.replaceAll(`{${key}}`, encodeURIComponent(value)),
    form.path,
  );
  const query = inPlace('query').map(
    ([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`,
  );
  const cookies = inPlace('cookie').map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
  const headers = Object.fromEntries(inPlace('header'));
  const broken = Object.entries(headers).find(([, value]) => /[^\t\x20-\x7e\x80-\xff]/.test(value));
  if (broken) return { refused: `${broken[0]} has a character that no header may have.` };
  const hasBody = filled.body !== undefined && filled.body !== '';
  return {
    method: form.method,
    url: `${server.replace(/[?#].*$/, '').replace(/\/+$/, '')}${path}${query.length > 0 ? `?${query.join('&')}` : ''}`,
    headers: {
      ...headers,
      ...(cookies.length > 0 && { Cookie: cookies.join('; ') }),
      ...(hasBody && { 'Content-Type': filled.mediaType ?? 'application/json' }),
    },
    ...(hasBody && { body: filled.body }),
    credentials: form.credentials,
  };
}

function parsedUrl(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url?.protocol === 'http:' || url?.protocol === 'https:' ? url : undefined;
}
