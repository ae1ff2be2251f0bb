/** Maps and sets, which keep their entries in a list. */

import { counted } from './arrays.ts';
import { callValue } from './calls.ts';
import { found, read, type Run, touch } from './run.ts';
import { mapEntries } from './statements.ts';
import { isNothing, union } from './alternatives.ts';
import { extend, lengthOf } from './items.ts';
import { fixedText } from './text-parts.ts';
import {
  arrayOf,
  type ArrayValue,
  boolean,
  dynamic,
  native,
  number,
  objectOf,
  type ObjectValue,
  type Site,
  undefinedValue,
  type Value,
} from './values.ts';
import { computed } from './verdicts.ts';

/** A `Map` or a `Set`: an object that keeps its entries in order in a hidden property. */
export function createMap(
  run: Run,
  kind: 'map' | 'set',
  initial: Value | undefined,
  site: Site,
): ObjectValue {
  const items = initial?.t === 'array' ? initial.items : [];
  const open = initial !== undefined && initial.t !== 'array' && !isNothing(initial);
  const entries: ArrayValue = {
    ...arrayOf(kind === 'map' ? items : items.map((item) => arrayOf([item, item], site.at)), site.at, open),
    shared: run.homes.length === 0,
  };
  return objectOf(
    [[mapEntries, entries], ...(kind === 'set' ? ([['[[set]]', boolean(true)]] as const) : [])],
    site.at,
  );
}

export function mapMember(run: Run, value: ObjectValue, name: string, site: Site): Value | undefined {
  const cell = value.props.get(mapEntries);
  const kept = cell && read(run, cell);
  if (kept?.t !== 'array') return undefined;
  const entries = found(run, kept);
  const isSet = value.props.has('[[set]]');
  const part = (index: number): Value =>
    counted(
      entries,
      entries.items.map((entry) => (entry.t === 'array' ? (entry.items[index] ?? undefinedValue) : entry)),
      site,
    );
  const find = (key: Value | undefined): Value | undefined => {
    const wanted = key && fixedText(key);
    return entries.items.findLast(
      (entry) =>
        entry.t === 'array' &&
        (entry.items[0] === key ||
          (wanted !== undefined && entry.items[0] && fixedText(entry.items[0]) === wanted)),
    );
  };
  switch (name) {
    case 'set':
      return native('set', ([key, item], at) => {
        touch(run, kept);
        extend(kept, [arrayOf([key ?? undefinedValue, item ?? undefinedValue], at.at)]);
        return value;
      });
    case 'add':
      return native('add', ([item], at) => {
        touch(run, kept);
        extend(kept, [arrayOf([item ?? undefinedValue, item ?? undefinedValue], at.at)]);
        return value;
      });
    case 'get':
      return native('get', ([key], at) => {
        const entry = find(key);
        if (entry?.t === 'array' && entries.loose)
          return union([entry.items[1] ?? undefinedValue, undefinedValue]);
        return entry?.t === 'array'
          ? (entry.items[1] ?? undefinedValue)
          : entries.open || !key || fixedText(key) === undefined
            ? dynamic('entry of a map', at.at)
            : undefinedValue;
      });
    case 'has':
      return native('has', ([key], at) =>
        find(key) && !entries.loose ? boolean(true) : dynamic('condition', at.at),
      );
    case 'forEach':
      return native('forEach', ([callback], at) => {
        for (const entry of entries.items)
          if (callback && entry.t === 'array')
            callValue(
              run,
              callback,
              [entry.items[1] ?? undefinedValue, entry.items[0] ?? undefinedValue, value],
              at,
            );
        return undefinedValue;
      });
    case 'keys':
      return native('keys', () => part(0));
    case 'values':
      return native('values', () => part(1));
    case 'values()':
      return isSet ? part(1) : entries;
    case 'entries':
      return native('entries', () => entries);
    case 'size': {
      const size = lengthOf(entries);
      return size === undefined ? computed('size', site.at, entries) : number(size);
    }
    default:
      return undefined;
  }
}
