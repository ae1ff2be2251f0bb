/** What lodash and underscore do to values of which the source says what they are: tables of routes, parts of requests. */

import { callValue } from '../../evaluate/calls.ts';
import { entriesOf, getMember } from '../../evaluate/members.ts';
import { setMember } from '../../evaluate/set-member.ts';
import type { FrameworkModel, Run } from '../../evaluate/run.ts';
import { fixedText } from '../../evaluate/text-parts.ts';
import { isNothing } from '../../evaluate/alternatives.ts';
import {
  arrayOf,
  dynamic,
  objectOf,
  text,
  undefinedValue,
  type Site,
  type Value,
} from '../../evaluate/values.ts';

const modules = /^(?:lodash|lodash-es|underscore)(?:$|[/.])/;

export const lodash: FrameworkModel = {
  external(run, value, how, args, site) {
    if (how !== 'call' || value.on || !modules.test(value.module)) return undefined;
    const name = value.path.at(-1) ?? value.module.split(/[/.]/).slice(1).join('');
    const [subject, ...rest] = args;
    return subject && applied(run, name, subject, rest, site);
  },
};

/** Undefined for a function that is not described here: then the arguments count as handed to unread code. */
function applied(
  run: Run,
  name: string,
  subject: Value,
  rest: readonly Value[],
  site: Site,
): Value | undefined {
  switch (name) {
    case 'pick': {
      const keys = rest.flatMap((one) => (one.t === 'array' ? one.items : [one])).map(fixedText);
      if (keys.some((key) => key === undefined)) return undefined;
      return objectOf(
        keys.map((key = '') => [key, getMember(run, subject, key, site)] as const),
        site.at,
      );
    }
    case 'omit': {
      const taken = new Set(rest.flatMap((one) => (one.t === 'array' ? one.items : [one])).map(fixedText));
      const { entries, open } = entriesOf(run, subject, site);
      return objectOf(
        entries.filter(([key]) => !taken.has(key)),
        site.at,
        open || taken.has(undefined),
      );
    }
    case 'get':
    case 'has': {
      const path = rest[0] && pathOf(rest[0]);
      if (!path) return undefined;
      const found = path.reduce((inner, key) => getMember(run, inner, key, site), subject);
      if (name === 'has') return dynamic('condition', site.at);
      return found.t === 'undefined' ? (rest[1] ?? undefinedValue) : found;
    }
    case 'isEmpty':
    case 'isNil':
    case 'isString':
    case 'size':
      return dynamic('condition', site.at);
    case 'clone':
    case 'cloneDeep':
    case 'compact':
    case 'uniq':
      return subject;
    case 'assign':
    case 'extend':
    case 'merge':
      return overlaid(run, subject, rest, name === 'merge', site);
    case 'keys':
      return listed(run, subject, site, (key) => text(key, site.at));
    case 'values':
      return listed(run, subject, site, (_, item) => item);
    case 'entries':
    case 'toPairs':
      return listed(run, subject, site, (key, item) => arrayOf([text(key, site.at), item], site.at));
    case 'each':
    case 'forEach':
    case 'forOwn':
    case 'map':
    case 'flatMap':
    case 'filter':
    case 'reduce': {
      const [callback] = rest;
      if (subject.t === 'array') {
        const method = getMember(run, subject, name === 'each' ? 'forEach' : name, site);
        return callValue(run, method, rest, site, subject);
      }
      if (subject.t !== 'object' || !callback || name === 'reduce' || name === 'filter') return undefined;
      return listed(run, subject, site, (key, item) =>
        callValue(run, callback, [item, text(key, site.at), subject], site),
      );
    }
    default:
      return undefined;
  }
}

/** What the sources have is written into the subject: `merge` goes on into what is an object on both sides. */
function overlaid(
  run: Run,
  subject: Value,
  sources: readonly Value[],
  isDeep: boolean,
  site: Site,
): Value | undefined {
  if (subject.t !== 'object') return undefined;
  for (const source of sources) {
    if (isNothing(source)) continue;
    const { entries, open } = entriesOf(run, source, site);
    if (open) return undefined;
    for (const [key, value] of entries) {
      const own = isDeep && value.t === 'object' ? getMember(run, subject, key, site) : undefined;
      if (!own || !overlaid(run, own, [value], true, site)) setMember(run, subject, key, value, site);
    }
  }
  return subject;
}

function listed(run: Run, subject: Value, site: Site, pick: (key: string, item: Value) => Value): Value {
  const { entries, open } = entriesOf(run, subject, site);
  return arrayOf(
    entries.map(([key, item]) => pick(key, item)),
    site.at,
    open,
  );
}

/** `a.b[0]` or `['a', 'b']`. */
function pathOf(value: Value): readonly string[] | undefined {
  if (value.t === 'array') {
    const keys = value.items.map(fixedText);
    return keys.every((key) => key !== undefined) ? keys : undefined;
  }
  return fixedText(value)
    ?.split(/[.[\]]+/)
    .filter((key) => key !== '');
}
