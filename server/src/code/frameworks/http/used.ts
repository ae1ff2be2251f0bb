/** What belongs to one request: everything that is done with it is a use, and when the request is over it is nothing any more. */

import { dynamic, model, native, type Model, type Value } from '../../evaluate/values.ts';
import type { Exchange } from './exchange.ts';

/** The same model, whose uses are counted until its handler ends. What other handlers find of it, they do nothing to. */
export function used(exchange: Exchange, made: Model): Value {
  const { uses } = exchange;
  const { call, set, escape, enumerate, demand } = made;
  const isNow = (): boolean => {
    if (exchange.uses !== uses) return false;
    uses.times += 1;
    return true;
  };
  return model({
    ...made,
    get: (name, site) => {
      if (!isNow()) return dynamic('part of a request that is over', site.at);
      const member = made.get(name, site);
      if (member.t !== 'native') return member;
      return native(member.name, (args, where) =>
        isNow() ? member.call(args, where) : dynamic('call for a request that is over', where.at),
      );
    },
    ...(call && {
      call: (args, site) =>
        isNow() ? call(args, site) : dynamic('call for a request that is over', site.at),
    }),
    ...(set && { set: (name, value, site, run) => void (isNow() && set(name, value, site, run)) }),
    ...(escape && { escape: (site) => void (isNow() && escape(site)) }),
    ...(enumerate && { enumerate: (site) => void (isNow() && enumerate(site)) }),
    ...(demand && {
      demand: (read, site, how) =>
        isNow() ? demand(read, site, how) : dynamic('part of a request that is over', site.at),
    }),
  });
}
