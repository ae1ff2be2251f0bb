/** The request: Express 4 and 5 `req`, also what Nest hands out for `@Req()`. */

import type { UnknownReason } from '../../../contract/knowledge.ts';
import type { Field, Shape } from '../../../contract/shape.ts';
import type { Span } from '../../../contract/span.ts';
import { startPresence } from '../../evaluate/presence.ts';
import { startReading } from '../../evaluate/readings.ts';
import { write, type Run } from '../../evaluate/run.ts';
import { fieldDemand } from '../../shapes/validators/schema.ts';
import { fixedText } from '../../evaluate/text-parts.ts';
import {
  dynamic,
  model,
  native,
  objectOf,
  undefinedValue,
  type Asked,
  type Demand,
  type Presence,
  type Site,
  type UnknownValue,
  type Value,
  type Verdict,
} from '../../evaluate/values.ts';
import {
  answersOf,
  isMade,
  madeAnew,
  madeKey,
  missInputs,
  type Exchange,
  type InputPlace,
  type ReadInput,
  type ValidatedPart,
} from './exchange.ts';
import { used } from './used.ts';

/** `standing` is its name where `exchange` is that of each handler in turn. */
export function requestModel(exchange: Exchange, standing?: string): Value {
  const self: Value = model({
    kind: 'request',
    always: members,
    ...(standing !== undefined && { standing }),
    get: (name, site) => requestMember(exchange, self, name, site),
    escape: (site) => escapeAll(exchange, site),
    enumerate: (site) => escapeAll(exchange, site),
    set: (name, _value, _site, run) => {
      if (name !== 'body' && name !== 'query') return;
      exchange.uses.times += 1;
      // `req.query = { ...req.query, ...req.body }`
      if (name === 'query' && exchange.bodyAt) make(run, exchange, madeKey('query'));
      if (name !== 'body') return;
      exchange.bodyMade = true;
      if (exchange.bodyDemands.length > 0) exchange.bodyReplaced = true;
    },
    noted: () => {
      exchange.uses.times += 1;
      return exchange.noted;
    },
    demand: (read, site, how) => {
      const handed = parts.flatMap(([name, place]): [string, Value][] => {
        const demand = fieldDemand(read(place === 'body' ? 'json' : 'text'), name);
        return demand ? [[name, demandOf(exchange, place, demand, site, how)]] : [];
      });
      return objectOf(handed, site.at, true);
    },
  });
  return self;
}

const members: ReadonlySet<string> = new Set(['params', 'query', 'headers', 'method', 'url', 'originalUrl']);

/** The parts of a request as validators of whole requests name them. */
const parts: readonly (readonly [string, InputPlace | 'body'])[] = [
  ['params', 'path'],
  ['query', 'query'],
  ['headers', 'header'],
  ['cookies', 'cookie'],
  ['signedCookies', 'cookie'],
  ['body', 'body'],
];

/**
 * A validator demands something of a part. Where the source does not decide whether it is asked, or where the handler
 * may have answered or handed on before, only the names count: the handler knows them.
 */
function demandOf(
  exchange: Exchange,
  place: InputPlace | 'body',
  demand: Demand,
  site: Site,
  { conditional, verdict }: Asked,
): Value {
  exchange.uses.times += 1;
  const isSure =
    !conditional &&
    exchange.passed.length === 0 &&
    !exchange.outputs.some(({ status }) => status === undefined || status < 400);
  const at = site.name ?? site.at;
  const { shape } = demand;
  const fields = shape.kind === 'object' ? Object.entries(shape.fields) : [];
  const handed: ValidatedPart = {
    in: place,
    names: new Set(fields.map(([name]) => (place === 'header' ? name.toLowerCase() : name))),
    used: new Set(),
    whole: false,
    strict: isSure && shape.kind === 'object' && shape.strict === true,
    ...(verdict && { verdict }),
  };
  exchange.validated.push(handed);
  if (place === 'body') {
    exchange.bodyAt ??= at;
    if (isSure && shape.kind !== 'unknown')
      exchange.bodyDemands.push({ shape, at, ...(verdict && { verdict }) });
    else for (const [name, field] of fields) recordBodyField(exchange, name, field.at);
    if (shape.kind === 'unknown' || (!isSure && (shape.kind !== 'object' || shape.open)))
      exchange.bodyOpen = true;
    return validatedModel(exchange, handed);
  }
  for (const [name, field] of fields) {
    demandInput(exchange, place, name, field, isSure, verdict);
    if (place === 'path') exchange.pathReads.push({ name, at: field.at });
  }
  if ((place === 'query' || place === 'path') && (shape.kind !== 'object' || shape.open))
    missInputs(
      exchange,
      { why: 'dynamic', what: `further ${place} parameters that a validator takes`, at },
      place,
    );
  return validatedModel(exchange, handed);
}

/** What is read of parameters of the path that were validated is a read of them. */
function validatedModel(exchange: Exchange, part: ValidatedPart): Value {
  const isPath = part.in === 'path';
  const whole = (site: Site): void => {
    part.whole = true;
    // Who gets it may read any of them.
    if (isPath)
      exchange.inputGaps.push({ why: 'dynamic', what: 'validated parameters are handed on', at: site.at });
  };
  return used(exchange, {
    kind: 'validated-part',
    get: (name, site) => {
      if (objectMethods.has(name)) return undefinedValue;
      part.used.add(part.in === 'header' ? name.toLowerCase() : name);
      if (isPath) exchange.pathReads.push({ name, at: site.name ?? site.at });
      return dynamic(`validated ${name}`, site.at);
    },
    escape: whole,
    enumerate: whole,
    set: () => undefined,
  });
}

function demandInput(
  exchange: Exchange,
  place: InputPlace,
  name: string,
  { shape, required, at, default: fallback }: Field,
  isSure: boolean,
  verdict: Verdict | undefined,
): void {
  const wanted = place === 'header' ? name.toLowerCase() : name;
  const index = exchange.inputs.findIndex((input) => input.in === place && input.name === wanted);
  const known = exchange.inputs[index];
  if (known?.shape) return;
  const input: ReadInput = {
    in: place,
    name: wanted,
    at,
    evidence: 'declared',
    ...(isSure && {
      shape,
      enforced: true,
      ...(required !== undefined && { required }),
      ...(fallback !== undefined && { default: fallback }),
      ...(verdict && { verdict }),
    }),
  };
  if (known) exchange.inputs[index] = input;
  else exchange.inputs.push(input);
}

function recordBodyField(exchange: Exchange, name: string, at: Span, shape?: Shape): Presence | undefined {
  const known = exchange.bodyFields.find((field) => field.name === name);
  if (known) {
    if (known.presence) known.presence.times += 1;
    return known.presence;
  }
  const presence = startPresence(() => answersOf(exchange));
  exchange.bodyFields.push({ name, at, presence, ...(shape && { shape }) });
  return presence;
}

function escapeAll(exchange: Exchange, site: Site): void {
  const reason: UnknownReason = {
    why: 'dynamic',
    what: 'request handed to code that is not read',
    at: site.at,
  };
  exchange.uses.times += 1;
  exchange.inputGaps.push(reason);
  exchange.bodyGaps.push(reason);
}

/** Members that are a use to read; all others are the same whatever the handler is. */
const ofThisRequest = new Set([
  ...['params', 'query', 'headers', 'cookies', 'signedCookies', 'body', 'get', 'header', 'param'],
  ...['file', 'files', 'rawBody', 'pipe', 'read', 'openapi', 'swagger'],
]);

function requestMember(exchange: Exchange, self: Value, name: string, site: Site): Value {
  const at = site.name ?? site.at;
  if (ofThisRequest.has(name)) exchange.uses.times += 1;
  switch (name) {
    case 'params':
      return inputPart(exchange, 'path');
    case 'query':
      return inputPart(exchange, 'query');
    case 'headers':
      return inputPart(exchange, 'header');
    case 'cookies':
    case 'signedCookies':
      return inputPart(exchange, 'cookie');
    case 'body':
      return bodyPart(exchange, at);
    case 'get':
    case 'header':
      return native(name, ([header], where) => {
        exchange.uses.times += 1;
        const text = header && fixedText(header);
        if (text === undefined)
          missInputs(exchange, { why: 'dynamic', what: 'computed header name', at: where.at }, 'header');
        else recordInput(exchange, 'header', text, where.name ?? where.at);
        return dynamic('header', where.at);
      });
    case 'param':
      return native(name, ([key], where) => {
        exchange.uses.times += 1;
        exchange.inputGaps.push({ why: 'unsupported', construct: 'req.param()', at: where.at });
        return dynamic(`parameter ${(key && fixedText(key)) ?? ''}`, where.at);
      });
    case 'file':
    case 'files':
      exchange.bodyAt ??= at;
      exchange.bodyMediaTypes.push({ mediaType: 'multipart/form-data', at });
      exchange.bodyOpen = true;
      return dynamic(name, at);
    case 'rawBody':
    case 'pipe':
    case 'read':
      exchange.bodyAt ??= at;
      exchange.bodyOpen = true;
      exchange.bodyGaps.push({ why: 'dynamic', what: 'body read as a stream', at });
      return dynamic(name, at);
    case 'openapi':
    case 'swagger':
      // What a specification says of the request, put there by what reads it: any input of the operation.
      escapeAll(exchange, site);
      return dynamic(`req.${name}`, at);
    case 'req':
    case 'request':
    case 'raw':
      return self;
    default:
      // Anything else is about the connection or was put there by a middleware: no input of this operation.
      return dynamic(`req.${name}`, at);
  }
}

/** The handler puts something into the request. */
function make(run: Run, { made }: Exchange, key: string): void {
  const cell = made.get(key) ?? { value: undefined };
  made.set(key, cell);
  write(run, cell, { t: 'boolean', value: true });
}

type Read = Pick<UnknownValue, 'reading' | 'presence'>;

function recordInput(exchange: Exchange, place: InputPlace, name: string, at: Span): Read {
  const wanted = place === 'header' ? name.toLowerCase() : name;
  if (place === 'path') exchange.pathReads.push({ name, at });
  const known = exchange.inputs.find((input) => input.in === place && input.name === wanted);
  if (known) {
    const { reading, presence } = known;
    if (reading) reading.times += 1;
    if (presence) presence.times += 1;
    return { ...(reading && { reading }), ...(presence && { presence }) };
  }
  if (isMade(exchange, madeKey(place, wanted))) return {};
  if (isMade(exchange, madeKey(place))) {
    missInputs(exchange, madeAnew(place, at), place);
    return {};
  }
  const read = {
    reading: startReading(wanted, place === 'path'),
    presence: startPresence(() => answersOf(exchange)),
  };
  exchange.inputs.push({ in: place, name: wanted, at, evidence: 'inferred', ...read });
  return read;
}

const objectMethods = new Set([
  'hasOwnProperty',
  'toString',
  'constructor',
  'then',
  'catch',
  'valueOf',
  'values()',
]);

/** `req.query`, `req.params`, …: a property read is an input, everything else makes the list incomplete. */
export function inputPart(exchange: Exchange, place: InputPlace): Value {
  const whole = (site: Site): void => {
    // Handing on all headers or cookies (to a logger, a proxy, a token reader) says nothing about the contract's inputs.
    if (place === 'query' || place === 'path') exchange.handedOn.push({ in: place, at: site.at });
  };
  return used(exchange, {
    kind: 'request-part',
    get: (name, site) => {
      if (objectMethods.has(name))
        return name === 'hasOwnProperty'
          ? native(name, (_, where) => dynamic('condition', where.at))
          : undefinedValue;
      const read = recordInput(exchange, place, name, site.name ?? site.at);
      return { ...dynamic(`${place} parameter ${name}`, site.at), ...read };
    },
    escape: whole,
    enumerate: whole,
    demand: (read, site, how) => demandOf(exchange, place, read('text'), site, how),
    set: (name, _value, _site, run) => {
      make(run, exchange, madeKey(place, name));
    },
  });
}

export function bodyPart(exchange: Exchange, at: Span): Value {
  exchange.bodyAt ??= at;
  const whole = (): void => {
    exchange.bodyOpen = true;
  };
  return used(exchange, {
    kind: 'request-part',
    get: (name, site) => {
      if (objectMethods.has(name) || name === 'length' || name === 'map' || name === 'forEach') {
        exchange.bodyOpen = true;
        return dynamic(`req.body.${name}`, site.at);
      }
      const typed = exchange.bodyMember?.(name, site.name ?? site.at);
      const presence = isMade(exchange, madeKey('body', name))
        ? undefined
        : recordBodyField(exchange, name, site.name ?? site.at, typed?.shape);
      return {
        ...dynamic(`body property ${name}`, site.at),
        ...(presence && { presence }),
        ...(typed && { type: typed.type }),
      };
    },
    escape: whole,
    enumerate: whole,
    demand: (read, site, how) => demandOf(exchange, 'body', read('json'), site, how),
    set: (name, _value, _site, run) => {
      make(run, exchange, madeKey('body', name));
    },
  });
}
