/** What JavaScript and Node give every module: names that no scope declares, and Node's own modules. */

import type { Span } from '../../contract/span.ts';
import { createMap } from './maps.ts';
import { callValue, callbacks, escape } from './calls.ts';
import { settledPromise, thrownAs } from './caught.ts';
import { errorClass } from './errors.ts';
import { isArray } from './lists.ts';
import { entriesOf, getMember } from './members.ts';
import { setMember, writeAnywhere } from './set-member.ts';
import { requireFrom, workspaceRoot } from './modules.ts';
import { presenceOf } from './presence.ts';
import { asNumber, noteLook } from './readings.ts';
import { neverValue, type Run } from './run.ts';
import { mayBeAbsent, union } from './alternatives.ts';
import { fixedText } from './text-parts.ts';
import {
  arrayOf,
  boolean,
  dynamic,
  native,
  number,
  objectOf,
  text,
  undefinedValue,
  type ExternalValue,
  type NativeValue,
  type Scope,
  type Site,
  type Value,
} from './values.ts';
import { leaveDepending, verdictsIn } from './verdicts.ts';

export function globalValue(run: Run, name: string, scope: Scope, at: Span): Value | undefined {
  switch (name) {
    case 'global':
    case 'globalThis':
      return run.globals;
    case 'process':
      return objectOf(
        [
          ['env', environment(at)],
          ['cwd', native('cwd', () => text(packageRoot(run, scope), at))],
          ['argv', arrayOf([], at, true)],
          ['exit', native('exit', () => undefinedValue)],
          ['on', native('on', (args, site) => (callbacks(run, args, [], site), undefinedValue))],
        ],
        at,
        true,
      );
    case 'Object':
      return objectStatics(run, at);
    case 'Array':
      return native(
        'Array',
        (args, site) => arrayOf(args, site.at, args.length === 1),
        new Map<string, Value>([
          ['isArray', native('isArray', ([value], site) => isArray(run, value, site))],
          ['from', native('from', ([list, map], site) => arrayFrom(run, list, map, site))],
          ['of', native('of', (items, site) => arrayOf(items, site.at))],
        ]),
      );
    case 'Map':
    case 'WeakMap':
      return native('Map', ([entries], site) => createMap(run, 'map', entries, site));
    case 'Set':
    case 'WeakSet':
      return native('Set', ([items], site) => createMap(run, 'set', items, site));
    case 'Promise':
      return native(
        'Promise',
        (args, site) => promise(run, args, site),
        new Map<string, Value>([
          ['all', native('all', ([list]) => list ?? undefinedValue)],
          ['allSettled', native('allSettled', (_, site) => dynamic('settled promises', site.at))],
          [
            'race',
            native('race', ([list]) => (list?.t === 'array' ? union(list.items) : dynamic('race', at))),
          ],
          ['resolve', native('resolve', ([value]) => value ?? undefinedValue)],
          [
            'reject',
            native('reject', ([error = undefinedValue], site) => {
              run.thrown.at(-1)?.push(...thrownAs(run, error, site.at));
              return run.summaries ? neverValue : dynamic('rejection', site.at);
            }),
          ],
        ]),
      );
    case 'String':
      return native(
        'String',
        ([value], site) => {
          const fixed = value && fixedText(value);
          noteLook(value);
          return fixed === undefined ? dynamic('text', site.at) : text(fixed, site.at);
        },
        new Map<string, Value>([['raw', native('raw', ([value]) => value ?? undefinedValue)]]),
      );
    case 'Number':
    case 'parseInt':
    case 'parseFloat':
      return native(name, ([value], site) => toNumber(value, site));
    case 'Boolean':
      return native('Boolean', ([value], site) => value ?? dynamic('condition', site.at));
    case 'setTimeout':
    case 'setImmediate':
    case 'setInterval':
    case 'queueMicrotask':
      return native(name, ([work], site) => {
        if (work) callbacks(run, [work], [], site);
        if (work) escape(work, site);
        return dynamic('timer', site.at);
      });
    case 'encodeURI':
    case 'encodeURIComponent':
    case 'decodeURIComponent':
      return native(name, ([value], site) => value ?? dynamic('text', site.at));
    case 'console':
      return { t: 'external', module: 'console', path: [], at };
    case 'JSON':
    case 'Math':
    case 'Date':
    case 'Symbol':
    case 'Reflect':
    case 'Buffer':
    case 'URL':
    case 'BigInt':
      return { t: 'external', module: `global:${name}`, path: [], at };
    case 'RegExp':
      return native('RegExp', ([source, flags], site) => regExp(source, flags, site));
    default: {
      const cell = run.globals.props.get(name);
      return cell?.value ?? errorClass(name, at);
    }
  }
}

/** The folder of the nearest package: where a server is started from, as a rule. */
function packageRoot(run: Run, scope: Scope): string {
  const dir = run.project.packages.nearest(scope.file)?.dir ?? '.';
  return dir === '.' ? workspaceRoot : `${workspaceRoot}/${dir}`;
}

function environment(at: Span): Value {
  return {
    t: 'model',
    model: {
      kind: 'environment',
      get: (name, site) => ({
        t: 'unknown',
        reason: { why: 'dynamic', what: `environment variable ${name}`, at: site.at },
        configured: true,
      }),
      enumerate: () => undefined,
      set: () => void at,
    },
  };
}

function arrayFrom(run: Run, list: Value | undefined, map: Value | undefined, site: Site): Value {
  const items = list && list.t !== 'array' ? getMember(run, list, 'values()', site) : list;
  const whole = items?.t === 'array' ? items : arrayOf([], site.at, true);
  return map ? callValue(run, getMember(run, whole, 'map', site), [map], site, whole) : whole;
}

function promise(run: Run, [work]: readonly Value[], site: Site): Value {
  const settled = work?.t === 'function' ? settledPromise(run, work, site) : undefined;
  return settled ?? dynamic('promise', site.at);
}

function toNumber(value: Value | undefined, site: Site): Value {
  const fixed = value && fixedText(value);
  return fixed !== undefined && fixed.trim() !== '' && !Number.isNaN(Number(fixed))
    ? number(Number(fixed), site.at)
    : asNumber(value, dynamic('number', site.at));
}

function regExp(source: Value | undefined, flags: Value | undefined, site: Site): Value {
  if (source?.t === 'regex') return source;
  const pattern = source && fixedText(source);
  return pattern === undefined
    ? dynamic('regular expression', site.at)
    : { t: 'regex', source: pattern, flags: (flags && fixedText(flags)) ?? '', at: site.at };
}

function objectStatics(run: Run, at: Span): NativeValue {
  const listing = (name: string, pick: (key: string, value: Value) => Value): [string, Value] => [
    name,
    native(name, ([value], site) => {
      if (!value) return arrayOf([], site.at);
      const { entries, open } = entriesOf(run, value, site);
      const list = arrayOf(
        entries.map(([key, item]) => pick(key, item)),
        site.at,
        open,
      );
      // What only one of several ways sets may not be there at all.
      if (entries.some(([, item]) => mayBeAbsent(item))) list.loose = true;
      leaveDepending(
        list,
        value.t === 'array' ? verdictsIn(value) : entries.flatMap(([, item]) => verdictsIn(item)),
      );
      return list;
    }),
  ];
  return native(
    'Object',
    ([value]) => value ?? objectOf([], at),
    new Map<string, Value>([
      listing('keys', (key) => text(key, at)),
      listing('values', (_, value) => value),
      listing('entries', (key, value) => arrayOf([text(key, at), value], at)),
      listing('getOwnPropertyNames', (key) => text(key, at)),
      [
        'assign',
        native('assign', ([target, ...sources], site) => {
          if (!target) return objectOf([], site.at);
          for (const source of sources) {
            const { entries, open } = entriesOf(run, source, site);
            if (open) writeAnywhere(run, target, site);
            for (const [key, value] of entries) setMember(run, target, key, value, site);
          }
          return target;
        }),
      ],
      [
        'fromEntries',
        native('fromEntries', ([list], site) => {
          const result = objectOf([], site.at, list?.t !== 'array' || list.open);
          for (const entry of list?.t === 'array' ? list.items : []) {
            const key = entry.t === 'array' && entry.items[0] ? fixedText(entry.items[0]) : undefined;
            if (key === undefined || entry.t !== 'array') result.open = true;
            else result.props.set(key, { value: entry.items[1] });
          }
          return result;
        }),
      ],
      ...['freeze', 'seal', 'preventExtensions'].map((name): [string, Value] => [
        name,
        native(name, ([value]) => value ?? undefinedValue),
      ]),
      [
        'create',
        native('create', ([proto], site) => ({ ...objectOf([], site.at), ...(proto && { proto }) })),
      ],
      [
        'defineProperty',
        native('defineProperty', ([target, key, descriptor], site) => {
          const name = key && fixedText(key);
          if (target && name !== undefined && descriptor?.t === 'object') {
            const getter = descriptor.props.get('get')?.value;
            if (getter) setMember(run, target, name, callValue(run, getter, [], site), site);
            else setMember(run, target, name, descriptor.props.get('value')?.value ?? undefinedValue, site);
          }
          return target ?? undefinedValue;
        }),
      ],
      ['hasOwn', native('hasOwn', ([object, key], site) => owns(run, object, key, site))],
      [
        'prototype',
        objectOf(
          [
            [
              'hasOwnProperty',
              objectOf([['call', native('call', ([object, key], site) => owns(run, object, key, site))]], at),
            ],
          ],
          at,
          true,
        ),
      ],
      [
        'getPrototypeOf',
        native('getPrototypeOf', ([value]) =>
          value?.t === 'object' && value.cls
            ? getMember(run, value.cls, 'prototype', { at, file: at.file })
            : dynamic('prototype', at),
        ),
      ],
    ]),
  );
}

/** Asking for a property is reading it. */
export function owns(run: Run, object: Value | undefined, key: Value | undefined, site: Site): Value {
  const name = key && fixedText(key);
  if (object?.t === 'object' && !object.open && name !== undefined) return boolean(object.props.has(name));
  const condition = dynamic('condition', site.at);
  if (object?.t !== 'model' || name === undefined) return condition;
  return presenceOf(getMember(run, object, name, site), condition);
}

/** Node's modules that decide about paths and files. Undefined for the rest. */
export function nodeModule(
  run: Run,
  value: ExternalValue,
  args: readonly Value[],
  site: Site,
): Value | undefined {
  const module = value.module.replace(/^node:/, '');
  const method = value.path.at(-1);
  if (module === 'path') return pathFunction(method, args, site);
  if (module === 'module' && method === 'createRequire') {
    const from = args[0] && fixedText(args[0]);
    return from === undefined || from.endsWith(site.file) ? requireFrom(run, site.file, site.at) : undefined;
  }
  if (
    (module === 'fs' || module === 'fs-extra' || module === 'fs/promises') &&
    /^readdir(?:Sync|Async)?$/.test(method ?? '')
  ) {
    const directory = args[0] && fixedText(args[0]);
    if (directory === undefined) return undefined;
    const listed = listDirectory(run, directory, site);
    const callback = args.at(-1);
    if (listed && callback?.t === 'function') callValue(run, callback, [{ t: 'null' }, listed], site);
    return listed;
  }
  if (module === 'fs' && /^l?stat(?:Sync|Async)$/.test(method ?? '')) {
    const path = args[0] && fixedText(args[0]);
    return path === undefined ? undefined : stats(run, path, site);
  }
  if (module === 'url' && method === 'fileURLToPath') return args[0];
  if (module === 'util' && (method === 'promisify' || method === 'callbackify')) return args[0];
  return undefined;
}

function pathFunction(method: string | undefined, args: readonly Value[], site: Site): Value | undefined {
  const texts = args.map(fixedText);
  const [first] = texts;
  switch (method) {
    case 'join':
    case 'resolve': {
      if (texts.some((one) => one === undefined)) return dynamic('joined path', site.at);
      const absolute = method === 'resolve' ? texts.findLastIndex((one) => one?.startsWith('/')) : 0;
      return text(
        normalise(texts.slice(Math.max(absolute, 0)).join('/')),
        args[0]?.t === 'text' ? args[0].at : site.at,
      );
    }
    case 'normalize':
      return first === undefined ? undefined : text(normalise(first), site.at);
    case 'dirname':
      return first === undefined
        ? undefined
        : text(first.slice(0, Math.max(first.lastIndexOf('/'), 0)), site.at);
    case 'basename': {
      if (first === undefined) return undefined;
      const base = first.slice(first.lastIndexOf('/') + 1);
      const suffix = texts[1];
      return text(
        suffix !== undefined && base.endsWith(suffix) ? base.slice(0, -suffix.length) : base,
        site.at,
      );
    }
    case 'extname': {
      if (first === undefined) return undefined;
      const base = first.slice(first.lastIndexOf('/') + 1);
      return text(base.lastIndexOf('.') > 0 ? base.slice(base.lastIndexOf('.')) : '', site.at);
    }
    case 'parse': {
      if (first === undefined) return undefined;
      const base = first.slice(first.lastIndexOf('/') + 1);
      const dot = base.lastIndexOf('.');
      return objectOf(
        [
          ['base', text(base, site.at)],
          ['name', text(dot > 0 ? base.slice(0, dot) : base, site.at)],
          ['ext', text(dot > 0 ? base.slice(dot) : '', site.at)],
        ],
        site.at,
        true,
      );
    }
    case 'relative':
      return first !== undefined && texts[1]?.startsWith(`${first}/`)
        ? text(texts[1].slice(first.length + 1), site.at)
        : dynamic('relative path', site.at);
    default:
      return undefined;
  }
}

function normalise(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return `${path.startsWith('/') ? '/' : ''}${parts.join('/')}`;
}

function listDirectory(run: Run, directory: string, site: Site): Value | undefined {
  if (directory !== workspaceRoot && !directory.startsWith(`${workspaceRoot}/`)) return undefined;
  const base = directory === workspaceRoot ? '' : `${directory.slice(workspaceRoot.length + 1)}/`;
  const names = new Set<string>();
  for (const file of run.project.files)
    if (file.startsWith(base)) names.add(file.slice(base.length).split('/')[0] ?? '');
  return arrayOf(
    [...names].map((name) => text(name, site.at)),
    site.at,
  );
}

function stats(run: Run, path: string, site: Site): Value {
  const id = path.startsWith(`${workspaceRoot}/`) ? path.slice(workspaceRoot.length + 1) : undefined;
  const isFile = id !== undefined && run.project.files.some((file) => file === id);
  return objectOf(
    [
      ['isFile', native('isFile', () => boolean(isFile))],
      ['isDirectory', native('isDirectory', () => boolean(!isFile))],
    ],
    site.at,
    true,
  );
}
