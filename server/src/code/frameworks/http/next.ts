/** `next`: what hands a request on, or an error. */

import { thrownAs } from '../../evaluate/caught.ts';
import type { Run } from '../../evaluate/run.ts';
import { alternatives, isNothing, union } from '../../evaluate/alternatives.ts';
import { fixedText } from '../../evaluate/text-parts.ts';
import { undefinedValue, type Value } from '../../evaluate/values.ts';
import { forwarded, handOn, type Exchange } from './exchange.ts';
import { used } from './used.ts';

export function nextModel(run: Run, exchange: Exchange): Value {
  return used(exchange, {
    kind: 'next',
    get: () => undefinedValue,
    set: (name, value) => {
      if (name === forwarded) exchange.forwarded.push(value);
    },
    call: ([error], site) => {
      const isError = (one: Value): boolean => {
        const route = fixedText(one);
        return !isNothing(one) && route !== 'route' && route !== 'router';
      };
      const given = error ? alternatives(error) : [];
      const errors = given.filter(isError);
      if (errors.length === 0 || errors.length < given.length) handOn(exchange, site.at);
      if (errors.length > 0) {
        run.refused += 1;
        exchange.errors.push(...thrownAs(run, union(errors), site.at));
      }
      return undefinedValue;
    },
    escape: (site) => {
      handOn(exchange, site.at);
      exchange.outputGaps.push({ why: 'dynamic', what: 'next handed to code that is not read', at: site.at });
    },
  });
}
