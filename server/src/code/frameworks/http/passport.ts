/** `passport.authenticate(strategy, options, callback)(req, res, next)`, called by a middleware of the workspace. */

import { callValue } from '../../evaluate/calls.ts';
import { getMember } from '../../evaluate/members.ts';
import type { FrameworkModel } from '../../evaluate/run.ts';
import { union } from '../../evaluate/alternatives.ts';
import {
  boolean,
  dynamic,
  nullValue,
  objectOf,
  undefinedValue,
  type FunctionValue,
  type Value,
} from '../../evaluate/values.ts';

/**
 * With a callback of its own, passport answers nothing and passes nobody on: it says who calls, and the callback does
 * the rest. A request without credentials has no user, and an `info` that says so.
 */
export const passport: FrameworkModel = {
  external(run, value, how, args, site) {
    if (how !== 'call' || value.module !== 'passport' || value.path.at(-1) !== 'authenticate')
      return undefined;
    // Only a request has the callback called.
    if (!value.args) return isFunction(args.at(-1)) ? { ...value, args, at: site.at } : undefined;
    const [request, response, next] = args;
    const callback = value.args.at(-1);
    if (request?.t !== 'model' || !response || !next || !isFunction(callback)) return undefined;
    const user = getMember(run, request, 'user', site);
    const given =
      user.t === 'undefined'
        ? [nullValue, boolean(false), objectOf([], site.at, true)]
        : [
            union([nullValue, { ...dynamic('error of a strategy', site.at), unseen: true }]),
            user,
            dynamic('what a strategy says', site.at),
          ];
    callValue(run, callback, given, site);
    return undefinedValue;
  },
};

function isFunction(value: Value | undefined): value is FunctionValue {
  return value?.t === 'function';
}
