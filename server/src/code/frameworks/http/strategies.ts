/** Strategies of passport by which callers sign in: what they look for is no credential that a specification asks for. */

import type { UnknownReason } from '../../../contract/knowledge.ts';
import type { Span } from '../../../contract/span.ts';
import { fixedText } from '../../evaluate/text-parts.ts';
import type { ExternalValue } from '../../evaluate/values.ts';
import { missAll, type Exchange } from './exchange.ts';

/** They take a name and a password out of the body. */
const forms = /^(?:local|ldap|ldapauth)(?:-.+)?$/i;
/** They send the caller to another site, which sends it back. */
const providers =
  /^(?:google|facebook|github|gitlab|bitbucket|twitter|linkedin|apple|discord|microsoft|twitch|spotify|slack|steam|kakao|naver|yandex|vkontakte|amazon|saml|openidconnect|oidc|oauth|oauth2)(?:[-_].+)?$/i;

/** Does a strategy of this name sign callers in? Then the exchange gets what it may read and send. */
export function readSignIn(exchange: Exchange, strategy: string | undefined, at: Span): boolean {
  if (strategy === undefined) return false;
  const reason: UnknownReason = { why: 'dynamic', what: `what the strategy ${strategy} looks at`, at };
  if (forms.test(strategy)) {
    exchange.bodyGaps.push(reason);
    return true;
  }
  if (!providers.test(strategy)) return false;
  missAll(exchange, reason);
  return true;
}

/** `passport.authenticate('google')`, `authenticate('local', { successRedirect: '/' })`: it answers by a redirect. */
export function redirects({ module, path, args = [] }: ExternalValue): boolean {
  if (module !== 'passport' || path.at(-1) !== 'authenticate') return false;
  const [name, options] = args;
  return (
    providers.test((name && fixedText(name)) ?? '') ||
    (options?.t === 'object' &&
      ['successRedirect', 'successReturnToOrRedirect'].some((one) => options.props.has(one)))
  );
}
