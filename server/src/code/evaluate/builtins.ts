/** Methods of texts, arrays, maps and sets. */

import { callValue } from './calls.ts';
import { listBehind, tested } from './lists.ts';
import { maybe, mapEntries, mayLackItems } from './statements.ts';
import { charge, exhausted, found, read, type Run, touch } from './run.ts';
import {
  alternatives,
  append,
  arrayOf,
  boolean,
  concat,
  dynamic,
  extend,
  itemAt,
  lengthOf,
  fixedText,
  leaveOpen,
  native,
  nullValue,
  number,
  objectOf,
  text,
  truthiness,
  undefinedValue,
  union,
  unlisted,
  type ArrayValue,
  type ObjectValue,
  type Site,
  type TextValue,
  type Value,
} from './values.ts';
import { computed, depending, leaveDepending, verdictsIn } from './verdicts.ts';

export function textMember(_run: Run, value: TextValue, name: string, site: Site): Value | undefined {
  const fixed = fixedText(value);
  if (name === 'length') return fixed === undefined ? dynamic('length', site.at) : number(fixed.length);
  if (/^\d+$/.test(name))
    return fixed === undefined ? dynamic('character', site.at) : text(fixed[Number(name)] ?? '', value.at);
  const method = (work: (args: readonly Value[], self: string) => Value): Value =>
    native(name, (args, at) => (fixed === undefined ? dynamic(`text.${name}`, at.at) : work(args, fixed)));
  const change = (work: (self: string, ...args: readonly string[]) => string): Value =>
    method((args, self) => {
      const given = args.map(fixedText);
      const changed = given.every((one) => one !== undefined) ? work(self, ...given) : undefined;
      if (changed === undefined) return dynamic(`text.${name}`, value.at);
      return changed === self
        ? value
        : {
            ...text(changed, value.at),
            parts: [{ text: changed, ...(isConfigured(value) && { configured: true as const }) }],
          };
    });
  switch (name) {
    case 'toLowerCase':
    case 'toLocaleLowerCase':
      return change((self) => self.toLowerCase());
    case 'toUpperCase':
    case 'toLocaleUpperCase':
      return change((self) => self.toUpperCase());
    case 'trim':
      return change((self) => self.trim());
    case 'trimEnd':
      return change((self) => self.trimEnd());
    case 'toString':
    case 'valueOf':
    case 'normalize':
      return native(name, () => value);
    case 'slice':
    case 'substring':
    case 'substr':
      return change((self, from = '0', to) =>
        name === 'slice'
          ? self.slice(Number(from), to === undefined ? undefined : Number(to))
          : self.substring(
              Number(from),
              to === undefined ? undefined : name === 'substr' ? Number(from) + Number(to) : Number(to),
            ),
      );
    case 'repeat':
      return change((self, count = '0') => self.repeat(Math.min(Math.max(Number(count) || 0, 0), 100)));
    case 'concat':
      return native(name, (args, at) =>
        args.reduce((left, right) => concat(left, right, at.at), value as Value),
      );
    case 'split':
      return method((args, self) => {
        const by = args[0] && fixedText(args[0]);
        return by === undefined
          ? arrayOf([], value.at, true)
          : arrayOf(
              self.split(by).map((one) => text(one, value.at)),
              value.at,
            );
      });
    case 'replace':
    case 'replaceAll':
      return method(([what, by], self) => replaceText(value, self, what, by, name === 'replaceAll', site));
    case 'startsWith':
    case 'endsWith':
    case 'includes':
      return method(([part], self) => {
        const other = part && fixedText(part);
        return other === undefined ? dynamic('condition', value.at) : boolean(self[name](other));
      });
    case 'match':
      return method(([pattern]) =>
        pattern && matches(pattern, value) === false ? nullValue : dynamic('match', value.at),
      );
    case 'indexOf':
      return method(([part], self) =>
        part && fixedText(part) !== undefined
          ? number(self.indexOf(fixedText(part) ?? ''))
          : dynamic('index', value.at),
      );
    default:
      return undefined;
  }
}

function isConfigured(value: TextValue): boolean {
  return value.parts.some((part) => 'text' in part && part.configured);
}

function replaceText(
  value: TextValue,
  self: string,
  what: Value | undefined,
  by: Value | undefined,
  all: boolean,
  site: Site,
): Value {
  const replacement = by && fixedText(by);
  if (!what || replacement === undefined) return dynamic('replaced text', site.at);
  const pattern = fixedText(what);
  if (pattern !== undefined)
    return text(all ? self.replaceAll(pattern, replacement) : self.replace(pattern, replacement), value.at);
  if (what.t !== 'regex' || !isPlainRegex(what.source)) return dynamic('replaced text', site.at);
  try {
    return text(
      self.replace(new RegExp(what.source, what.flags.includes('g') || all ? 'g' : ''), replacement),
      value.at,
    );
  } catch {
    return dynamic('replaced text', site.at);
  }
}

export function regexMember(value: Value, name: string): Value | undefined {
  if (name !== 'test') return undefined;
  return native(name, ([subject = undefinedValue], site) => {
    const found = matches(value, subject);
    return found === undefined ? computed('match', site.at, subject) : boolean(found);
  });
}

/** Undefined where the source does not decide, and for expressions that remember where they were. */
function matches(pattern: Value, subject: Value): boolean | undefined {
  if (pattern.t !== 'regex' || !isPlainRegex(pattern.source) || /[gy]/.test(pattern.flags)) return undefined;
  const whole = subject.t === 'text' && !isConfigured(subject) ? fixedText(subject) : undefined;
  if (whole === undefined || whole.length > subjectLimit) return undefined;
  try {
    return new RegExp(pattern.source, pattern.flags).test(whole);
  } catch {
    return undefined;
  }
}

/** A longer text is content, and what it matches decides no route. */
const subjectLimit = 500;

/** Regular expressions of the workspace are run only where they cannot take long: no nesting of repetitions. */
function isPlainRegex(source: string): boolean {
  return source.length < 64 && !/[)\]][*+{]/.test(source);
}

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
      const kept = like(value, passing(run, value, results.map(truthiness), site), site);
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
      const passed = passing(run, value, keep, site);
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
function counted({ open, loose }: ArrayValue, items: readonly Value[], site: Site): ArrayValue {
  return { ...arrayOf(items, site.at, open), ...(loose && { loose }) };
}

/** A list with these items, and as many of them as the other may have. */
function like({ open, each }: ArrayValue, items: readonly Value[], site: Site): ArrayValue {
  return { ...arrayOf(items, site.at, open), ...(each && { each }) };
}

/** The items of which a test does not say that they fail it. */
function passing(
  run: Run,
  { items, each }: ArrayValue,
  keep: readonly (boolean | undefined)[],
  site: Site,
): readonly Value[] {
  const kept = items.filter((_, index) => keep[index] !== false);
  return each ? kept.map((item) => tested(run, item, site)) : kept;
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

/** A `Map` or a `Set`: an object that keeps its entries in order in a hidden property. */
export function createMap(
  run: Run,
  kind: 'map' | 'set',
  initial: Value | undefined,
  site: Site,
): ObjectValue {
  const items = initial?.t === 'array' ? initial.items : [];
  const open =
    initial !== undefined && initial.t !== 'array' && initial.t !== 'undefined' && initial.t !== 'null';
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
