/** Methods of arrays, as far as items are known. */

import { callValue } from './calls.ts';
import { listBehind, tested } from './lists.ts';
import { charge, exhausted, found, type Run, touch } from './run.ts';
import { maybe, mayLackItems } from './statements.ts';
import { alternatives, isNothing, truthiness, union } from './alternatives.ts';
import { append, extend, itemAt, leaveOpen, lengthOf, unlisted } from './items.ts';
import { concat, fixedText } from './text-parts.ts';
import {
  arrayOf,
  type ArrayValue,
  boolean,
  dynamic,
  native,
  number,
  type Site,
  text,
  undefinedValue,
  type Value,
} from './values.ts';
import { computed, depending, leaveDepending, verdictsIn } from './verdicts.ts';

export function arrayMember(run: Run, value: ArrayValue, name: string, site: Site): Value {
  if (name === 'length') {
    const length = lengthOf(found(run, value));
    return length === undefined ? computed('length', site.at, value) : number(length);
  }
  if (/^\d+$/.test(name)) return itemAt(found(run, value), Number(name), site);
  return native(name, (args, at) =>
    arrayMethod(run, name === 'push' || name === 'unshift' ? value : found(run, value), name, args, at),
  );
}

function each(run: Run, value: ArrayValue, callback: Value | undefined, site: Site): readonly Value[] {
  if (!callback) return [];
  const results: Value[] = [];
  const unsure = (item: Value): void =>
    void maybe(run, () => {
      results.push(callValue(run, callback, [item, dynamic('index', site.at), value], site));
      return 'normal';
    });
  for (const [index, item] of value.items.entries()) {
    if (exhausted(run)) break;
    if (value.each || mayLackItems(run, value)) unsure(item);
    else results.push(callValue(run, callback, [item, number(index), value], site));
  }
  unlisted(value, site).forEach(unsure);
  return results;
}

function arrayMethod(run: Run, value: ArrayValue, name: string, args: readonly Value[], site: Site): Value {
  if (name !== 'push' && name !== 'pop') charge(run, value.items.length);
  const [first] = args;
  switch (name) {
    case 'forEach':
      each(run, value, first, site);
      return undefinedValue;
    case 'map':
      return mapped(run, value, first, site);
    case 'flatMap':
      return flatten(run, mapped(run, value, first, site), site);
    case 'flat':
      return flatten(run, value, site);
    case 'filter': {
      const results = each(run, value, first, site);
      const kept = like(value, passing(run, value, first, results.map(truthiness), site), site);
      const unsure = results.filter((one) => truthiness(one) === undefined);
      if (unsure.length > 0) kept.loose = true;
      leaveDepending(
        kept,
        unsure.flatMap((one) => verdictsIn(one)),
      );
      return kept;
    }
    case 'find':
    case 'findLast': {
      const results = each(run, value, first, site);
      const keep = results.map(truthiness);
      const hit = keep.indexOf(true);
      if (hit >= 0 && !value.loose && !keep.slice(0, hit).includes(undefined))
        return value.items[hit] ?? undefinedValue;
      const passed = passing(run, value, first, keep, site);
      return depending(
        union([...passed, undefinedValue, ...unlisted(value, site)]),
        results.flatMap((one) => verdictsIn(one)),
      );
    }
    case 'some':
    case 'every': {
      const found = each(run, value, first, site);
      const results = found.map(truthiness);
      // One that is enough by itself has to be there.
      const isDecided = results.includes(name === 'some');
      if (value.open || results.includes(undefined) || (isDecided && value.loose))
        return computed('condition', site.at, value, ...found);
      return boolean(name === 'some' ? isDecided : !isDecided);
    }
    case 'reduce': {
      const [callback, start] = args;
      if (!callback) return undefinedValue;
      const items = start ? value.items : value.items.slice(1);
      const result = items.reduce(
        (left, item, index) => callValue(run, callback, [left, item, number(index), value], site),
        start ?? value.items[0] ?? undefinedValue,
      );
      // Of a list with an unknown number of items only what the items are in is known: objects and lists.
      const isSure = lengthOf(value) !== undefined || result.t === 'object' || result.t === 'array';
      return isSure ? result : union([result, computed('reduced', site.at, value)]);
    }
    case 'push':
    case 'unshift':
      touch(run, value);
      if (name === 'push') extend(value, args);
      else value.items = [...args, ...value.items];
      return number(value.items.length);
    case 'concat': {
      const all = like(value, value.items, site);
      for (const arg of args) {
        const list = arg.t === 'array' ? arg : listBehind(run, arg, site);
        if (list) append(all, list);
        else if (arg.t === 'unknown' || arg.t === 'external') leaveOpen(all);
        else extend(all, [arg]);
      }
      return all;
    }
    case 'join': {
      const by = first ?? text(',', site.at);
      return value.items.reduce<Value>(
        (left, item, index) => (index === 0 ? item : concat(concat(left, by, site.at), item, site.at)),
        text('', site.at),
      );
    }
    case 'includes':
    case 'indexOf': {
      const wanted = first && fixedText(first);
      const all = value.items.map(fixedText);
      if (wanted === undefined || value.open || all.includes(undefined)) return dynamic('condition', site.at);
      if (value.loose && all.includes(wanted)) return computed('condition', site.at, value);
      return name === 'includes' ? boolean(all.includes(wanted)) : number(all.indexOf(wanted));
    }
    case 'slice': {
      const from = args[0]?.t === 'number' ? args[0].value : 0;
      const to = args[1]?.t === 'number' ? args[1].value : undefined;
      return like(value, value.each ? value.items : value.items.slice(from, to), site);
    }
    case 'pop':
    case 'shift': {
      const any = union([...value.items, undefinedValue]);
      touch(run, value);
      const item = name === 'pop' ? value.items.pop() : value.items.shift();
      return value.loose ? any : (item ?? undefinedValue);
    }
    case 'at': {
      const index = first?.t === 'number' ? first.value : undefined;
      if (index === undefined) return dynamic('element', site.at);
      return value.each || value.loose
        ? union([...value.items, undefinedValue])
        : (value.items.at(index) ?? undefinedValue);
    }
    case 'reverse':
    case 'toReversed':
      return like(value, [...value.items].reverse(), site);
    case 'sort':
    case 'toSorted':
    case 'values':
    case 'values()':
      return value;
    case 'keys':
      return counted(
        value,
        value.items.map((_, index) => number(index)),
        site,
      );
    case 'entries':
      return counted(
        value,
        value.items.map((item, index) => arrayOf([number(index), item], site.at)),
        site,
      );
    case 'then': {
      return first ? callValue(run, first, [value], site) : value;
    }
    case 'catch':
    case 'finally':
      return value;
    default:
      return dynamic(`array.${name}`, site.at);
  }
}

/** What a callback makes of each item; also of one that is not listed, so that nothing else can be among the results. */
function mapped(run: Run, value: ArrayValue, callback: Value | undefined, site: Site): ArrayValue {
  const results = counted(value, each(run, value, callback, site), site);
  return value.open && callback ? { ...results, each: true } : results;
}

/** A list with one item for each of another. */
export function counted({ open, loose }: ArrayValue, items: readonly Value[], site: Site): ArrayValue {
  return { ...arrayOf(items, site.at, open), ...(loose && { loose }) };
}

/** A list with these items, and as many of them as the other may have. */
function like(list: ArrayValue, items: readonly Value[], site: Site): ArrayValue {
  return { ...counted(list, items, site), ...(list.each && { each: true }) };
}

/** The items of which a test does not say that they fail it. */
function passing(
  run: Run,
  { items, each }: ArrayValue,
  test: Value | undefined,
  keep: readonly (boolean | undefined)[],
  site: Site,
): readonly Value[] {
  const kept = items
    .filter((_, index) => keep[index] !== false)
    .map((item) => (test ? withoutNothing(run, item, test, site) : item));
  return each ? kept.map((item) => tested(run, item, site)) : kept;
}

/** Of several things that an item may be, `null` and `undefined` are not among those that pass a test that refuses them. */
function withoutNothing(run: Run, item: Value, test: Value, site: Site): Value {
  // What a validator has found tells by its choice what it thinks of a request.
  if (item.t !== 'union' || item.verdict) return item;
  const passes = (one: Value): boolean => {
    if (!isNothing(one)) return true;
    let result: Value = one;
    maybe(run, () => {
      result = callValue(run, test, [one, dynamic('index', site.at)], site);
      return 'normal';
    });
    return truthiness(result) !== false;
  };
  const left = item.of.filter(passes);
  return left.length > 0 && left.length < item.of.length ? union(left) : item;
}

function flatten(run: Run, list: ArrayValue, site: Site): Value {
  const flat = like(list, [], site);
  for (const item of list.items.flatMap(alternatives)) {
    const inner = item.t === 'array' ? item : listBehind(run, item, site);
    if (inner) append(flat, inner);
    else {
      extend(flat, [item]);
      // It may be a list.
      if (list.each && (item.t === 'unknown' || item.t === 'external')) leaveOpen(flat);
    }
  }
  return flat;
}
