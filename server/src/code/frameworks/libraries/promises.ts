/** Packages that turn callbacks into promises, or make them wait: what comes of them is what the function gives. */

import { callValue } from '../../evaluate/calls.ts';
import { globalValue } from '../../evaluate/globals.ts';
import { getMember } from '../../evaluate/members.ts';
import type { FrameworkModel, Run } from '../../evaluate/run.ts';
import {
  arrayOf,
  undefinedValue,
  type ArrayValue,
  type ExternalValue,
  type Site,
  type Value,
} from '../../evaluate/values.ts';

/** Functions that give what they are given in another form, by module. */
const adapters: Readonly<Record<string, RegExp>> = {
  bluebird: /^(?:promisify|promisifyAll|method|resolve|cast)$/,
  deasync: /^$/,
  'es6-promisify': /^promisify$/,
  pify: /^$/,
  thenify: /^$/,
  'util.promisify': /^$/,
};

export const promises: FrameworkModel = {
  external(run, value, how, args, site) {
    const name = value.path.at(-1) ?? '';
    if (value.args) return undefined;
    if (name === 'bind' && how === 'call' && !value.on && value.path.length > 1)
      return { ...value, path: value.path.slice(0, -1) };
    if (adapters[value.module]?.test(name) === true) return args[0] ?? undefinedValue;
    return value.module === 'bluebird' && !value.on ? bluebird(run, value, how, args, site) : undefined;
  },
};

function bluebird(
  run: Run,
  { path, at }: ExternalValue,
  how: 'call' | 'new',
  args: readonly Value[],
  site: Site,
): Value | undefined {
  const [first, second] = args;
  switch (path.at(-1)) {
    case undefined: {
      const own = globalValue(run, 'Promise', { vars: new Map(), file: site.file }, at);
      return how === 'new' && own ? callValue(run, own, args, site) : undefined;
    }
    case 'try':
    case 'attempt':
      return first && callValue(run, first, [], site);
    case 'all':
    case 'props':
      return first;
    case 'map':
    case 'mapSeries':
    case 'each':
      return first && second && eachOf(run, first, second, site);
    default:
      return undefined;
  }
}

function eachOf(run: Run, list: Value, work: Value, site: Site): Value {
  const items: ArrayValue = list.t === 'array' ? list : arrayOf([], site.at, true);
  return callValue(run, getMember(run, items, 'map', site), [work], site, items);
}
