/** The response: Express 4 and 5 `res`, and `next`. */

import type { Evidence } from '../../../contract/knowledge.ts';
import type { Shape } from '../../../contract/shape.ts';
import type { Span } from '../../../contract/span.ts';
import { hasNoContent } from '../../../contract/statuses.ts';
import { callValue } from '../../evaluate/calls.ts';
import { neverValue, placeIn, read, sortedIn, write, type Run } from '../../evaluate/run.ts';
import { branch, merge } from '../../evaluate/branches.ts';
import { alternatives, union } from '../../evaluate/alternatives.ts';
import { fixedText } from '../../evaluate/text-parts.ts';
import {
  boolean,
  dynamic,
  native,
  noPlace,
  number,
  placeOf,
  text,
  undefinedValue,
  type ObjectValue,
  type Site,
  type Value,
} from '../../evaluate/values.ts';
import { depending, verdictsIn } from '../../evaluate/verdicts.ts';
import { withType } from '../../evaluate/written.ts';
import { shapeOfValue } from '../../shapes/values.ts';
import { ofAnyStatus } from './any-status.ts';
import { forwarded, type Exchange } from './exchange.ts';
import { dropHeader, headersSet, noteHeader } from './headers.ts';
import { mediaTypeOf, mediaTypeOfShape } from './media-type.ts';
import { used } from './used.ts';

const setters = new Set(['set', 'header', 'setHeader', 'append']);
const chained = new Set(['vary', 'cookie', 'clearCookie']);
/** Server-sent events (HTML, section 9.2). */
const events = 'text/event-stream';
const silent = new Set([
  'on',
  'once',
  'off',
  'emit',
  'flush',
  'setTimeout',
  'getHeader',
  'getHeaders',
  'hasHeader',
  'get',
  'removeListener',
  'cork',
  'uncork',
  'socket',
  'locals',
  'app',
  'req',
  'writableEnded',
  'finished',
  'writable',
  'destroyed',
  'headersSent',
  'connection',
  'closed',
  'log',
  'then',
  'charset',
  'statusMessage',
  '__',
  't',
  'writableFinished',
]);

/** Status codes of the helpers that Express itself has. */
const redirectStatus = 302;

export function responseModel(run: Run, exchange: Exchange): Value {
  const self: Value = used(exchange, {
    kind: 'response',
    get: (name, site) => responseMember(run, exchange, self, name, site),
    set: (name, value) => {
      if (name === forwarded) exchange.forwarded.push(value);
      if (name === 'statusCode') write(run, exchange.status, statusOf(value));
      if (name === 'json' || name === 'send')
        exchange.outputGaps.push({
          why: 'unsupported',
          construct: `replaced res.${name}`,
          at: exchange.home ?? { file: '' as Span['file'], start: 0, end: 0 },
        });
    },
    escape: (site) =>
      exchange.outputGaps.push({
        why: 'dynamic',
        what: 'response handed to code that is not read',
        at: site.at,
      }),
    enumerate: (site) =>
      exchange.outputGaps.push({
        why: 'dynamic',
        what: 'response handed to code that is not read',
        at: site.at,
      }),
  });
  return self;
}

function responseMember(run: Run, exchange: Exchange, self: Value, name: string, site: Site): Value {
  const sends = (
    mediaType: (args: readonly Value[]) => string | undefined,
    body: (args: readonly Value[]) => Value | undefined = ([first]) => first,
    page: (args: readonly Value[]) => boolean = () => false,
  ): Value =>
    native(name, (args, where) => {
      const given = legacyStatus(args);
      if (given) write(run, exchange.status, given.status);
      send(run, exchange, mediaType(given?.rest ?? args), body(given?.rest ?? args), where, page(args));
      return self;
    });
  switch (name) {
    case 'status':
    case 'code':
      return native(name, ([status], where) => {
        write(run, exchange.status, statusOf(status, where));
        return self;
      });
    case 'json':
    case 'jsonp':
      return sends(() => 'application/json');
    case 'send':
      return sends(
        ([body]) => sentType(run, exchange, body, site),
        ([body]) => body && ofWritten(run, exchange, body, site),
      );
    case 'end':
      return sends(
        ([body]) => (body && body.t !== 'undefined' && body.t !== 'function' ? undefined : 'none'),
        ([body]) => body && ofWritten(run, exchange, body, site),
      );
    case 'sendStatus':
      return native(name, ([status], where) => {
        write(run, exchange.status, statusOf(status, where));
        send(run, exchange, 'text/plain', undefined, where);
        return self;
      });
    case 'writeHead':
      return native(name, ([status, headers], where) => {
        write(run, exchange.status, statusOf(status, where));
        setHeaders(run, exchange, headers, where);
        return self;
      });
    case 'write':
    case 'flushHeaders':
      // `end` follows mostly and is recorded as the answer; events go on for as long as somebody listens.
      return native(name, (_, where) => {
        const type = fixedText(read(run, exchange.mediaType));
        if (type !== undefined && mediaTypeOf(type) === events && exchange.outputs.length === 0)
          send(run, exchange, events, undefined, where);
        return name === 'write' ? boolean(true) : self;
      });
    case 'redirect':
      return native(name, (args, where) => {
        const [first] = args;
        const hasStatus = first?.t === 'number';
        write(run, exchange.status, hasStatus ? statusOf(first, where) : number(redirectStatus));
        send(run, exchange, 'none', undefined, where);
        return self;
      });
    case 'render':
      return sends(
        () => 'text/html',
        () => undefined,
        () => true,
      );
    case 'sendFile':
    case 'sendfile':
    case 'download': {
      exchange.fileAt ??= site.at;
      const isPage = ([path]: readonly Value[]): boolean =>
        name !== 'download' && path !== undefined && /\.html?$/.test(fixedText(path) ?? '');
      return sends(
        () => undefined,
        () => undefined,
        isPage,
      );
    }
    case 'attachment':
      return native(name, ([file]) => {
        if (file && file.t !== 'undefined') write(run, exchange.mediaType, extensionOf(file));
        return self;
      });
    case 'location':
    case 'links':
      return native(name, (_, where) => {
        noteHeader(run, exchange, text(name === 'links' ? 'Link' : 'Location', where.at), where.at);
        return self;
      });
    case 'removeHeader':
      return native(name, ([header], where) => {
        dropHeader(run, exchange, header, where.at);
        return undefinedValue;
      });
    case 'type':
    case 'contentType':
      return native(name, ([type]) => {
        write(run, exchange.mediaType, type ?? undefinedValue);
        return self;
      });
    case 'format':
      return native(name, ([handlers], where) => {
        if (handlers?.t === 'object' && !handlers.open) sendForms(run, exchange, self, handlers, where);
        else exchange.outputGaps.push({ why: 'unsupported', construct: 'res.format()', at: where.at });
        return self;
      });
    case 'statusCode': {
      const current = read(run, exchange.status);
      return current.t === 'undefined' ? number(200) : current;
    }
    default:
      if (chained.has(name)) return native(name, () => self);
      if (setters.has(name)) {
        return native(name, (args, where) => {
          setHeader(run, exchange, args, where);
          return self;
        });
      }
      if (silent.has(name)) return dynamic(`res.${name}`, site.at);
      // `res.success()`, `res.badRequest()`: put there by somebody, and it may well answer.
      return native(name, (_, where) => {
        run.refused += 1;
        exchange.outputGaps.push({ why: 'unresolved', symbol: `res.${name}`, at: where.at });
        return self;
      });
  }
}

/**
 * No answer goes out without a status (Node.js throws), so where it seems to be undefined the source was not followed
 * far enough to know it.
 */
function statusOf(given: Value | undefined, where?: Site): Value {
  const at = where?.at ?? noPlace;
  const statuses = alternatives(given ?? undefinedValue).map((one) =>
    one.t === 'undefined'
      ? dynamic('status', at)
      : one.t === 'number' && !one.at && where
        ? { ...one, at }
        : one,
  );
  return depending(union(statuses), given ? verdictsIn(given) : []);
}

/** Express 4: `res.json(404, body)`, `res.send(404)`. */
function legacyStatus(
  args: readonly Value[],
): { readonly status: Value; readonly rest: readonly Value[] } | undefined {
  const [first, ...rest] = args;
  if (first?.t !== 'number' || args.length !== 2 || first.value < 100 || first.value > 599) return undefined;
  return { status: first, rest };
}

function sentType(run: Run, exchange: Exchange, body: Value | undefined, site: Site): string | undefined {
  if (!body || body.t === 'undefined') return 'none';
  const kinds = new Set(
    alternatives(body).map((one) =>
      one.t === 'text'
        ? 'text/html'
        : one.t === 'object' || one.t === 'array' || one.t === 'boolean'
          ? 'application/json'
          : '',
    ),
  );
  const [only] = kinds;
  if (kinds.size !== 1) return undefined;
  return only === '' ? mediaTypeOfShape(run, sentShape(run, exchange, body, site), 'text/html') : only;
}

/** One answer in several forms, by media type: which of them is sent, the client says. */
function sendForms(run: Run, exchange: Exchange, self: Value, { props }: ObjectValue, where: Site): void {
  const ways = [...props].map(([type, cell]) =>
    branch(run, () => {
      if (type !== 'default') write(run, exchange.mediaType, text(type, where.at));
      const result = callValue(run, read(run, cell), [dynamic('request', where.at), self], where);
      return { result, completion: result === neverValue ? 'throw' : 'normal' };
    }),
  );
  merge(run, ways);
}

/** What a text holds that goes out as it is: under a media type of JSON no text, but what was written as JSON. */
function ofWritten(run: Run, exchange: Exchange, body: Value, { at }: Site): Value {
  const type = fixedText(read(run, exchange.mediaType));
  if (type === undefined || !/\bjson$/.test(mediaTypeOf(type) ?? '')) return body;
  return union(
    alternatives(body).map((one) => {
      if (one.t === 'external' && one.module === 'global:JSON' && one.path.at(-1) === 'stringify')
        return one.args?.[0] ?? dynamic('JSON', at);
      return one.t === 'text' || shapeOfValue(run, one, at).kind === 'string' ? dynamic('JSON', at) : one;
    }),
  );
}

function setHeader(run: Run, exchange: Exchange, [name, value]: readonly Value[], where: Site): void {
  if (name?.t === 'object') setHeaders(run, exchange, name, where);
  else if (name && fixedText(name)?.toLowerCase() === 'content-type')
    write(run, exchange.mediaType, value ?? dynamic('media type', where.at));
  else noteHeader(run, exchange, name, where.at);
}

function setHeaders(run: Run, exchange: Exchange, headers: Value | undefined, where: Site): void {
  if (headers?.t !== 'object') return;
  for (const [name, cell] of headers.props)
    setHeader(run, exchange, [text(name, where.at), read(run, cell)], where);
}

function send(
  run: Run,
  exchange: Exchange,
  mediaType: string | undefined,
  body: Value | undefined,
  where: Site,
  page = false,
): void {
  const set = read(run, exchange.status);
  const type = read(run, exchange.mediaType);
  const explicit = type.t === 'undefined' ? undefined : fixedText(type);
  const isEnd = body === undefined && exchange.outputs.some((one) => one.mediaType === events);
  if (isEnd && explicit !== undefined && mediaTypeOf(explicit) === events) return;
  const statuses =
    set.t === 'undefined'
      ? [number(200)]
      : alternatives(set).map((one) => (one.t === 'undefined' ? number(200) : one));
  const isRefusal = (one: Value): boolean => one.t === 'number' && one.value >= 400;
  if (statuses.some(isRefusal) && !statuses.every(isRefusal))
    for (const verdict of verdictsIn(set)) verdict.decides = true;
  // Read now: what a branch does to a value is taken back at its end.
  const sent = body && body.t !== 'undefined' ? sentShape(run, exchange, body, where) : undefined;
  const shape = sent && body && statuses.length > 1 ? ofAnyStatus(run, sent, body, where.at) : sent;
  for (const status of statuses) {
    const numeric =
      status.t === 'number'
        ? status.value
        : status.t === 'text' && /^[1-5]\d\d$/.test(fixedText(status) ?? '')
          ? Number(fixedText(status))
          : undefined;
    const written = status.t === 'number' ? status.at : undefined;
    if (numeric === undefined) {
      exchange.outputGaps.push({ why: 'dynamic', what: 'computed status', at: where.at });
      continue;
    }
    if (numeric >= 400) run.refused += 1;
    exchange.outputs.push({
      status: numeric,
      ...(hasNoContent(numeric)
        ? { mediaType: 'none' }
        : {
            mediaType:
              type.t === 'undefined' ? mediaType : explicit === undefined ? undefined : mediaTypeOf(explicit),
            ...(shape && { shape }),
          }),
      ...placeIn(run, written ?? where.name ?? where.at),
      ...sortedIn(run),
      evidence: 'inferred' satisfies Evidence,
      headers: headersSet(run, exchange),
      ...(page && { page: true as const }),
    });
  }
}

/** `report.csv`: the extension by which Express finds the media type, where it is known. */
function extensionOf(file: Value): Value {
  const last = file.t === 'text' ? file.parts.at(-1) : undefined;
  const extension = last && 'text' in last ? /\.\w+$/.exec(last.text)?.[0] : undefined;
  return extension === undefined
    ? dynamic('type of an attachment', placeOf(file) ?? noPlace)
    : text(extension, noPlace);
}

function sentShape(run: Run, { bodyType }: Exchange, body: Value, { at }: Site): Shape {
  return shapeOfValue(run, bodyType ? withType(run, body, bodyType) : body, at);
}
