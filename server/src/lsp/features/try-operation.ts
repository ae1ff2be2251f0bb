/** An operation as a form to be filled in, and the request that comes of it. Nothing is sent from here. */

import { formatPath } from '../../contract/path.ts';
import { child, children, securitySchemesIn, type Located } from '../../specs/openapi/reader.ts';
import { stringOf, textOf, valueOf } from '../../text/document-node.ts';
import type { TryAnswer, TryParams, WireCredential } from '../protocol.ts';
import type { FeatureIndex } from './feature-index.ts';
import { operationNode } from './operation-rows.ts';
import { parametersOf, specOf } from './preview.ts';
import { previewBody, previewParameter, type PreviewField } from './preview-schema.ts';
import { exampleText } from './shape-text.ts';

export interface TryForm {
  readonly id: string;
  readonly method: string;
  /** A template: `/teas/{teaId}`. */
  readonly path: string;
  /** Addresses of the specification, variables filled in; one without a host has that of a local server. */
  readonly servers: readonly string[];
  readonly parameters: readonly TryParameter[];
  readonly bodies: readonly { readonly mediaType: string; readonly example: string }[];
  readonly credentials: readonly WireCredential[];
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
    path: formatPath(spec.key.path),
    servers: serversOf(own ?? general, top),
    parameters,
    bodies: previewBody(index.reader, operation).map(({ mediaType, example }) => ({
      mediaType: mediaType === 'body' ? 'application/json' : mediaType,
      example: example ?? '',
    })),
    credentials: spec.security.schemes.items.flatMap(({ name }) => credentialOf(index, top, name)),
  };
}

/** Where nothing says another host, it is the machine on which people try things. */
const local = 'http://localhost:3000';

function serversOf(servers: Located | undefined, top: Located): readonly string[] {
  const urls =
    servers?.node.kind === 'seq'
      ? servers.node.items.map((_, position) => urlOf(child(servers, String(position))))
      : swaggerServers(top);
  const whole = urls.flatMap((url) => {
    if (url === undefined) return [];
    if (/^https?:\/\//i.test(url)) return [url];
    return url.startsWith('//') ? [`https:${url}`] : [`${local}${url.startsWith('/') ? url : `/${url}`}`];
  });
  const all = [...new Set(whole.map((url) => url.replace(/\/+$/, '')))];
  return all.length > 0 ? all : [local];
}

function urlOf(server: Located | undefined): string | undefined {
  const url = server && textOf(valueOf(server.node, 'url'));
  const variables = server && child(server, 'variables');
  return (variables ? children(variables) : []).reduce(
    (text, { key, node }) => text?.replaceAll(`{${key}}`, textOf(valueOf(node, 'default')) ?? ''),
    url,
  );
}

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
  const base = parsedUrl(filled.server);
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
    url: `${filled.server.replace(/[?#].*$/, '').replace(/\/+$/, '')}${path}${query.length > 0 ? `?${query.join('&')}` : ''}`,
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
