/** The request: Express 4 and 5 `req`, also what Nest hands out for `@Req()`. */

import type { UnknownReason } from '../../../contract/knowledge.ts';
import type { Span } from '../../../contract/span.ts';
import {
  dynamic,
  fixedText,
  model,
  native,
  undefinedValue,
  type Model,
  type Site,
  type Value,
} from '../../evaluate/values.ts';
import type { Exchange, InputPlace } from './exchange.ts';

export function requestModel(exchange: Exchange): Value {
  const self: Value = model({
    kind: 'request',
    get: (name, site) => requestMember(exchange, self, name, site),
    escape: (site) => escapeAll(exchange, site),
    enumerate: (site) => escapeAll(exchange, site),
    set: () => undefined,
  });
  return self;
}

function escapeAll(exchange: Exchange, site: Site): void {
  const reason: UnknownReason = {
    why: 'dynamic',
    what: 'request handed to code that is not read',
    at: site.at,
  };
  exchange.inputGaps.push(reason);
  exchange.bodyGaps.push(reason);
}

function requestMember(exchange: Exchange, self: Value, name: string, site: Site): Value {
  const at = site.name ?? site.at;
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
        const text = header && fixedText(header);
        if (text === undefined)
          exchange.inputGaps.push({ why: 'dynamic', what: 'computed header name', at: where.at });
        else recordInput(exchange, 'header', text, where.name ?? where.at);
        return dynamic('header', where.at);
      });
    case 'param':
      return native(name, ([key], where) => {
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
    case 'req':
    case 'request':
    case 'raw':
      return self;
    default:
      // Anything else is about the connection or was put there by a middleware: no input of this operation.
      return dynamic(`req.${name}`, at);
  }
}

export function recordInput(exchange: Exchange, place: InputPlace, name: string, at: Span): void {
  const wanted = place === 'header' ? name.toLowerCase() : name;
  if (exchange.inputs.some((input) => input.in === place && input.name === wanted)) return;
  exchange.inputs.push({ in: place, name: wanted, at, evidence: 'inferred' });
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
function inputPart(exchange: Exchange, place: InputPlace): Value {
  const whole = (site: Site): void => {
    // Handing on all headers or cookies (to a logger, a proxy, a token reader) says nothing about the contract's inputs.
    if (place === 'query' || place === 'path')
      exchange.inputGaps.push({
        why: 'dynamic',
        what: `all of the ${place} parameters are handed on`,
        at: site.at,
      });
  };
  const part: Model = {
    kind: 'request-part',
    get: (name, site) => {
      if (objectMethods.has(name))
        return name === 'hasOwnProperty'
          ? native(name, (_, where) => dynamic('condition', where.at))
          : undefinedValue;
      recordInput(exchange, place, name, site.name ?? site.at);
      return dynamic(`${place} parameter ${name}`, site.at);
    },
    escape: whole,
    enumerate: whole,
    set: () => undefined,
  };
  return model(part);
}

function bodyPart(exchange: Exchange, at: Span): Value {
  exchange.bodyAt ??= at;
  const whole = (): void => {
    exchange.bodyOpen = true;
  };
  return model({
    kind: 'request-part',
    get: (name, site) => {
      if (objectMethods.has(name) || name === 'length' || name === 'map' || name === 'forEach') {
        exchange.bodyOpen = true;
        return dynamic(`req.body.${name}`, site.at);
      }
      if (!exchange.bodyFields.some((field) => field.name === name))
        exchange.bodyFields.push({ name, at: site.name ?? site.at });
      return dynamic(`body property ${name}`, site.at);
    },
    escape: whole,
    enumerate: whole,
    set: () => undefined,
  });
}
