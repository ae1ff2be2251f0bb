/** Collections of Postman, formats 2.0 and 2.1 (https://schema.postman.com/collection/json/v2.1.0/draft-07/docs/). */

import { addressOf, type Variables } from './addresses.ts';
import type { Answer, Content, Credential, Exchange, Read } from './exchange.ts';
import { contentOf, mediaTypeOf } from './har.ts';
import { objectOf, objectsOf, textOf, type Loose } from './loose.ts';

export function isPostman(document: Loose): boolean {
  return Array.isArray(document['item']) && objectOf(document['info']) !== undefined;
}

export function readPostman(document: Loose): Read {
  const variables: Variables = new Map(
    objectsOf(document['variable']).flatMap(({ key, id, value }) => {
      const name = textOf(key) ?? textOf(id);
      return name === undefined ? [] : [[name, textOf(value) ?? '']];
    }),
  );
  const exchanges = exchangesIn(document, { variables, auth: objectOf(document['auth']) });
  return exchanges.length > 0
    ? { title: textOf(objectOf(document['info'])?.['name']) ?? 'API', exchanges }
    : { refused: 'There are no requests in this collection.' };
}

interface Around {
  readonly variables: Variables;
  readonly auth: Loose | undefined;
  readonly group?: string;
}

function exchangesIn(holder: Loose, around: Around): readonly Exchange[] {
  return objectsOf(holder['item']).flatMap((item): readonly Exchange[] => {
    const auth = objectOf(item['auth']) ?? around.auth;
    const name = textOf(item['name']);
    // The innermost folder says most of what a request is about.
    if (Array.isArray(item['item']))
      return exchangesIn(item, { ...around, auth, ...(name !== undefined && { group: name }) });
    const exchange = exchangeOf(item, name, { ...around, auth });
    return exchange ? [exchange] : [];
  });
}

function exchangeOf(
  item: Loose,
  name: string | undefined,
  { variables, auth, group }: Around,
): Exchange | undefined {
  const given = item['request'];
  const request: Loose | undefined = typeof given === 'string' ? { url: given } : objectOf(given);
  const address = request && addressOf(urlOf(request['url']), variables);
  if (!request || !address) return undefined;
  const headers = enabled(request['header']);
  const description = descriptionOf(request['description'] ?? item['description']);
  const credential = credentialOf(objectOf(request['auth']) ?? auth);
  const body = bodyOf(objectOf(request['body']), headers);
  return {
    method: (textOf(request['method']) ?? 'GET').toUpperCase(),
    address,
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
    ...(group !== undefined && { group }),
    headers: headers.map(({ key }) => textOf(key)?.toLowerCase() ?? ''),
    ...(credential && { credential }),
    ...(body && { body }),
    answers: objectsOf(item['response']).flatMap((response) => answerOf(response) ?? []),
  };
}

function enabled(value: unknown): readonly Loose[] {
  return objectsOf(value).filter(({ disabled }) => disabled !== true);
}

function urlOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const url = objectOf(value);
  const raw = textOf(url?.['raw']) ?? '';
  // What is turned off stands in the text all the same.
  const query = enabled(url?.['query']).map(
    ({ key, value: text }) => `${textOf(key) ?? ''}=${textOf(text) ?? ''}`,
  );
  const path = raw.split('?')[0] ?? '';
  return query.length === 0 ? path : `${path}?${query.join('&')}`;
}

function descriptionOf(value: unknown): string | undefined {
  const text = textOf(value) ?? textOf(objectOf(value)?.['content']);
  return text === undefined || text.trim() === '' ? undefined : text.trim();
}

function credentialOf(auth: Loose | undefined): Credential | undefined {
  const kind = textOf(auth?.['type']);
  if (kind === 'bearer' || kind === 'basic' || kind === 'digest' || kind === 'oauth2') return { kind };
  if (kind !== 'apikey') return undefined;
  const given = auth?.[kind];
  // A list of keys and values in format 2.1, an object in 2.0.
  const found = Array.isArray(given)
    ? new Map(objectsOf(given).map(({ key, value }) => [textOf(key), textOf(value)]))
    : new Map(Object.entries(objectOf(given) ?? {}).map(([key, value]) => [key, textOf(value)]));
  return {
    kind: 'apiKey',
    in: found.get('in') === 'query' ? 'query' : 'header',
    name: found.get('key') ?? 'X-API-Key',
  };
}

function bodyOf(body: Loose | undefined, headers: readonly Loose[]): Content | undefined {
  const mode = textOf(body?.['mode']);
  if (!body || body['disabled'] === true) return undefined;
  const declared = headers.find(({ key }) => textOf(key)?.toLowerCase() === 'content-type');
  const mediaType = mediaTypeOf(textOf(declared?.['value']));
  switch (mode) {
    case 'raw': {
      const text = textOf(body['raw']) ?? '';
      if (text.trim() === '') return undefined;
      const language = textOf(objectOf(objectOf(body['options'])?.['raw'])?.['language']);
      const isJson = language === 'json' || /^\s*[{[]/.test(text);
      const type = isJson ? 'application/json' : `text/${language === 'xml' ? 'xml' : 'plain'}`;
      return contentOfTemplate(mediaType ?? type, text);
    }
    case 'urlencoded':
    case 'formdata':
      return {
        mediaType: mode === 'formdata' ? 'multipart/form-data' : 'application/x-www-form-urlencoded',
        fields: enabled(body[mode]).flatMap(({ key, type }) => {
          const name = textOf(key);
          return name === undefined || name === '' ? [] : [{ name, isFile: type === 'file' }];
        }),
      };
    case 'graphql':
      return { mediaType: 'application/json', value: { query: '', variables: {} } };
    case 'file':
      return { mediaType: mediaType ?? 'application/octet-stream' };
    default:
      return undefined;
  }
}

/** Stands for what a variable would give: nobody knows its kind. */
const unknown = '\u0000';

/** `{ "id": {{id}} }` is JSON once something stands there; within quotes it is JSON already. */
function contentOfTemplate(mediaType: string, text: string): Content {
  const content = contentOf(
    mediaType,
    text.replaceAll(
      /("(?:[^"\\\n]|\\.)*")|\{\{[^{}]*\}\}/g,
      (_, quoted: string | undefined) => quoted ?? JSON.stringify(unknown),
    ),
  );
  return 'value' in content ? { ...content, value: withoutUnknown(content.value) } : content;
}

function withoutUnknown(value: unknown): unknown {
  if (value === unknown) return undefined;
  if (Array.isArray(value)) return value.map(withoutUnknown);
  const object = objectOf(value);
  return object
    ? Object.fromEntries(Object.entries(object).map(([key, inner]) => [key, withoutUnknown(inner)]))
    : value;
}

function answerOf(response: Loose): Answer | undefined {
  const status = response['code'];
  if (typeof status !== 'number' || status < 100 || status > 599) return undefined;
  const type = objectsOf(response['header']).find(({ key }) => textOf(key)?.toLowerCase() === 'content-type');
  const text = textOf(response['body']);
  if (text === undefined || text.trim() === '') return { status };
  const isJson = textOf(response['_postman_previewlanguage']) === 'json' || /^\s*[{[]/.test(text);
  const mediaType = mediaTypeOf(textOf(type?.['value'])) ?? (isJson ? 'application/json' : 'text/plain');
  return { status, content: contentOf(mediaType, text) };
}
