/** Recordings of browsers and proxies: HTTP Archive 1.2 (http://www.softwareishard.com/blog/har-12-spec/). */

import type { Answer, Content, Credential, Exchange, Read } from './exchange.ts';
import { addressOf } from './addresses.ts';
import { listOf, objectOf, objectsOf, parsed, textOf, type Loose } from './loose.ts';

export function isHar(document: Loose): boolean {
  return Array.isArray(objectOf(document['log'])?.['entries']);
}

export function readHar(document: Loose): Read {
  const exchanges = objectsOf(objectOf(document['log'])?.['entries']).flatMap(
    (entry) => exchangeOf(entry) ?? [],
  );
  const [first] = exchanges;
  return first
    ? { title: first.address.origin?.replace(/^\w+:\/\//, '') ?? 'API', exchanges }
    : { refused: 'Nothing in this recording is a request of an API: answers are pages, scripts, pictures.' };
}

/** What pages are made of, and what browsers ask by themselves. */
const isOfPages =
  /^(?:text\/(?:html|css|javascript)|application\/(?:x-)?javascript|image\/|font\/|video\/|audio\/|application\/(?:font|wasm))/i;

function exchangeOf(entry: Loose): Exchange | undefined {
  const request = objectOf(entry['request']);
  const response = objectOf(entry['response']);
  const address = addressOf(textOf(request?.['url']) ?? '');
  const method = textOf(request?.['method'])?.toUpperCase();
  if (!request || !address || method === undefined || !/^[A-Z]+$/.test(method)) return undefined;
  const answer = answerOf(response);
  const mime = answer?.content?.mediaType ?? '';
  const body = bodyOf(objectOf(request['postData']));
  if (method === 'OPTIONS' || method === 'CONNECT' || isOfPages.test(mime)) return undefined;
  if (method === 'GET' && !/json|xml/i.test(mime)) return undefined;
  const headers = objectsOf(request['headers']).map(({ name, value }) => ({
    name: textOf(name)?.toLowerCase() ?? '',
    value: textOf(value) ?? '',
  }));
  const credential = headers.flatMap(({ name, value }) =>
    name === 'authorization' ? (credentialIn(value) ?? []) : [],
  )[0];
  return {
    method,
    address,
    headers: headers.map(({ name }) => name),
    ...(credential && { credential }),
    ...(body && { body }),
    answers: answer ? [answer] : [],
  };
}

function credentialIn(value: string): Credential | undefined {
  const scheme = /^\s*(bearer|basic|digest)\s/i.exec(value)?.[1]?.toLowerCase();
  return scheme === 'bearer' || scheme === 'basic' || scheme === 'digest' ? { kind: scheme } : undefined;
}

function answerOf(response: Loose | undefined): Answer | undefined {
  const status = response?.['status'];
  // Nothing came, or a browser had it already.
  if (typeof status !== 'number' || status < 100 || status === 304) return undefined;
  const content = objectOf(response?.['content']);
  const mediaType = mediaTypeOf(textOf(content?.['mimeType']));
  const text = textOf(content?.['text']);
  const hasBody = text !== undefined || (typeof content?.['size'] === 'number' && content['size'] > 0);
  if (mediaType === undefined || !hasBody) return { status };
  const isPlain = content?.['encoding'] === undefined;
  return { status, content: contentOf(mediaType, isPlain ? text : undefined) };
}

function bodyOf(data: Loose | undefined): Content | undefined {
  const mediaType = mediaTypeOf(textOf(data?.['mimeType']));
  if (!data || mediaType === undefined) return undefined;
  const fields = listOf(data['params']).flatMap((param) => {
    const name = textOf(objectOf(param)?.['name']);
    return name === undefined ? [] : [{ name, isFile: objectOf(param)?.['fileName'] !== undefined }];
  });
  if (fields.length > 0 && /form/.test(mediaType)) return { mediaType, fields };
  return contentOf(mediaType, textOf(data['text']));
}

/** Lower case, without parameters. */
export function mediaTypeOf(text: string | undefined): string | undefined {
  const name = text?.split(';')[0]?.trim().toLowerCase();
  return name === undefined || !/^[\w.+*-]+\/[\w.+*-]+$/.test(name) || name === 'x-unknown'
    ? undefined
    : name;
}

export function contentOf(mediaType: string, text: string | undefined): Content {
  const value = text !== undefined && /json/.test(mediaType) ? parsed(text) : undefined;
  return { mediaType, ...(value !== undefined && { value }) };
}
