/** A request of a caller without credentials: what a guard does with it tells whether it guards. */

import { fixedText } from '../../evaluate/text-parts.ts';
import {
  dynamic,
  model,
  native,
  boolean,
  undefinedValue,
  type Site,
  type Value,
} from '../../evaluate/values.ts';

/** Headers in which credentials travel; all others stay open. */
const credential = /auth|token|key|secret|signature|cookie|session|credential|jwt|bearer/i;

/** Nothing that could name the caller is there; what does not belong to credentials is unknown, as ever. */
export function anonymousRequest(): Value {
  const self: Value = model({
    kind: 'request',
    get: (name, site) => anonymousMember(self, name, site),
    set: () => undefined,
  });
  return self;
}

function anonymousMember(self: Value, name: string, site: Site): Value {
  switch (name) {
    case 'headers':
    case 'query':
    case 'body':
      return withoutCredentials(name);
    case 'get':
    case 'header':
      return native(name, ([header], where) => missing(header && fixedText(header), where));
    case 'cookies':
    case 'signedCookies':
      return model({ kind: 'request-part', get: () => undefinedValue });
    case 'isAuthenticated':
      return native(name, () => boolean(false));
    case 'user':
    case 'auth':
    case 'userId':
    case 'currentUser':
    case 'token':
      return undefinedValue;
    case 'session':
      return withoutCredentials(name, /./);
    case 'req':
    case 'request':
    case 'raw':
      return self;
    default:
      return dynamic(`req.${name}`, site.at);
  }
}

function withoutCredentials(part: string, absent: RegExp = credential): Value {
  return model({
    kind: 'request-part',
    get: (name, site) => (absent.test(name) ? undefinedValue : dynamic(`${part} ${name}`, site.at)),
  });
}

function missing(name: string | undefined, site: Site): Value {
  return name !== undefined && credential.test(name) ? undefinedValue : dynamic('header', site.at);
}
