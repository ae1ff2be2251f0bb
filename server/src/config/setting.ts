/**
 * Settings as values: each knows how to read itself from a document, and how to describe itself as JSON Schema, so
 * that the two cannot come apart.
 */

import type { DocNode } from '../contract/facts.ts';
import type { FileId, Span } from '../contract/span.ts';
import { suggest } from '../contract/suggest.ts';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** What a setting needs to know of the rest. */
export interface Reading {
  readonly file: FileId;
  /** Ids of the rules that there are; undefined where nobody knows, and then every id passes. */
  readonly rules?: readonly string[] | undefined;
  report(code: string, message: string, at: Span): void;
}

export interface Setting<T> {
  /** What the value is, for messages: "a list of paths". */
  readonly what: string;
  /** Undefined where the value was no use; it has been reported then. */
  read(node: DocNode, reading: Reading): T | undefined;
  schema(rules?: readonly string[]): JsonSchema;
}

/** The type of the value that a setting reads. */
export type ValueOf<S> = S extends Setting<infer T> ? T : never;

export function text(what = 'text'): Setting<string> {
  return {
    what,
    read: (node, reading) =>
      node.kind === 'scalar' && typeof node.value === 'string' && node.value.trim() !== ''
        ? node.value
        : wrongType(what, node, reading),
    schema: () => ({ type: 'string', minLength: 1 }),
  };
}

export function flag(): Setting<boolean> {
  const what = 'true or false';
  return {
    what,
    read: (node, reading) =>
      node.kind === 'scalar' && typeof node.value === 'boolean' ? node.value : wrongType(what, node, reading),
    schema: () => ({ type: 'boolean' }),
  };
}

/** A whole number; both ends are allowed. */
export function wholeNumber(least: number, most: number): Setting<number> {
  const what = `a whole number from ${least} to ${most}`;
  return {
    what,
    read: (node, reading) =>
      node.kind === 'scalar' &&
      typeof node.value === 'number' &&
      Number.isInteger(node.value) &&
      node.value >= least &&
      node.value <= most
        ? node.value
        : wrongType(what, node, reading),
    schema: () => ({ type: 'integer', minimum: least, maximum: most }),
  };
}

/** A path that is relative to the folder of the configuration, without `./` and a slash at its end; `.` is that folder. */
export function path(what = 'a path'): Setting<string> {
  const base = text(what);
  return {
    ...base,
    read(node, reading) {
      const value = base.read(node, reading);
      if (value === undefined) return undefined;
      const slashed = value.replaceAll('\\', '/');
      if (/^(?:\/|[a-z]:\/)/i.test(slashed)) {
        reading.report(
          'absolute-path',
          'Paths are relative to the folder of this file.',
          spanOf(node, reading),
        );
        return undefined;
      }
      const parts: string[] = [];
      for (const part of slashed.split('/')) {
        if (part === '' || part === '.') continue;
        if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
        else parts.push(part);
      }
      return parts.length === 0 ? '.' : parts.join('/');
    },
  };
}

export function choice<const V extends string>(values: readonly V[]): Setting<V> {
  const what = `one of ${values.join(', ')}`;
  return {
    what,
    read(node, reading) {
      // YAML 1.1 readers take a bare `off` for false, and so do people who know them.
      const value =
        node.kind === 'scalar' && node.value === false
          ? 'off'
          : node.kind === 'scalar'
            ? node.value
            : undefined;
      const found = values.find((each) => each === value);
      if (found !== undefined) return found;
      const hint = typeof value === 'string' ? suggest(value, values) : undefined;
      reading.report('unknown-value', `This must be ${what}.${didYouMean(hint)}`, spanOf(node, reading));
      return undefined;
    },
    schema: () => ({ enum: values }),
  };
}

export function list<T>(of: Setting<T>, what = `a list of ${of.what}`): Setting<readonly T[]> {
  return {
    what,
    read(node, reading) {
      if (node.kind !== 'seq') return wrongType(what, node, reading);
      return node.items.flatMap((item) => {
        const value = of.read(item, reading);
        return value === undefined ? [] : [value];
      });
    },
    schema: (rules) => ({ type: 'array', items: of.schema(rules) }),
  };
}

export interface FieldSetting<T> {
  readonly docs: string;
  readonly setting: Setting<T>;
  readonly required?: true;
}

export function field<T>(docs: string, setting: Setting<T>): FieldSetting<T> {
  return { docs, setting };
}

export function requiredField<T>(
  docs: string,
  setting: Setting<T>,
): FieldSetting<T> & { readonly required: true } {
  return { docs, setting, required: true };
}

export type Fields = Readonly<Record<string, FieldSetting<unknown>>>;

/** The values that were written, and where the whole stands. */
export type FieldValues<F extends Fields> = { readonly at: Span } & {
  readonly [K in keyof F as F[K] extends { required: true } ? K : never]: F[K] extends FieldSetting<infer T>
    ? T
    : never;
} & {
  readonly [K in keyof F as F[K] extends { required: true } ? never : K]?: F[K] extends FieldSetting<infer T>
    ? T
    : never;
};

export function fields<F extends Fields>(what: string, table: F): Setting<FieldValues<F>> {
  const names = Object.keys(table);
  return {
    what,
    read(node, reading) {
      if (node.kind !== 'map') return wrongType(what, node, reading);
      const values = new Map<string, unknown>();
      for (const entry of node.entries) {
        const at = { file: reading.file, start: entry.keyStart, end: entry.keyEnd };
        if (entry.key === '$schema') continue;
        const known = Object.hasOwn(table, entry.key) ? table[entry.key] : undefined;
        if (!known) {
          reading.report(
            'unknown-key',
            `There is no setting "${entry.key}".${didYouMean(suggest(entry.key, names))}`,
            at,
          );
          continue;
        }
        // `ignore:` with nothing below it yet.
        if (entry.value.kind === 'scalar' && entry.value.value === null) continue;
        const value = known.setting.read(entry.value, reading);
        if (value !== undefined) values.set(entry.key, value);
      }
      const missing = names.filter(
        (name) => table[name]?.required && !node.entries.some(({ key }) => key === name),
      );
      for (const name of missing)
        reading.report('missing-key', `"${name}" is missing here.`, spanOf(node, reading));
      if (names.some((name) => table[name]?.required && !values.has(name))) return undefined;
      return { ...Object.fromEntries(values), at: spanOf(node, reading) } as FieldValues<F>;
    },
    schema: (rules) => ({
      type: 'object',
      additionalProperties: false,
      ...(names.some((name) => table[name]?.required)
        ? { required: names.filter((name) => table[name]?.required) }
        : {}),
      properties: Object.fromEntries(
        Object.entries(table).map(([name, { docs, setting }]) => [
          name,
          { description: docs, ...setting.schema(rules) },
        ]),
      ),
    }),
  };
}

/** A value with its place. */
export function placed<T>(of: Setting<T>): Setting<{ readonly value: T; readonly at: Span }> {
  return {
    ...of,
    read(node, reading) {
      const value = of.read(node, reading);
      return value === undefined ? undefined : { value, at: spanOf(node, reading) };
    },
  };
}

/** A mapping from names that people choose. */
export function byName<T>(of: Setting<T>, what: string): Setting<Readonly<Record<string, T>>> {
  return {
    what,
    read(node, reading) {
      if (node.kind !== 'map') return wrongType(what, node, reading);
      const values = node.entries.flatMap(({ key, value }) => {
        const read = of.read(value, reading);
        return read === undefined ? [] : [[key, read] as const];
      });
      return Object.fromEntries(values);
    },
    schema: (rules) => ({ type: 'object', additionalProperties: of.schema(rules) }),
  };
}

/** A mapping from ids of rules. Rulesets have rules of any name; those of ours are checked, and what looks like one. */
export function byRule<T>(of: Setting<T>): Setting<Readonly<Record<string, T>>> {
  const what = `a mapping from rules to ${of.what}`;
  return {
    what,
    read(node, reading) {
      if (node.kind !== 'map') return wrongType(what, node, reading);
      const values = new Map<string, T>();
      for (const entry of node.entries) {
        const known = reading.rules ?? [entry.key];
        const hint = suggest(entry.key, known) ?? known.find((id) => id.endsWith(`/${entry.key}`));
        const family = /^[^/]*\//.exec(entry.key)?.[0];
        const isOurs = family !== undefined && known.some((id) => id.startsWith(family));
        if (!known.includes(entry.key) && (hint !== undefined || isOurs)) {
          const at = { file: reading.file, start: entry.keyStart, end: entry.keyEnd };
          reading.report('unknown-rule', `There is no rule "${entry.key}".${didYouMean(hint)}`, at);
          continue;
        }
        const value = of.read(entry.value, reading);
        if (value !== undefined) values.set(entry.key, value);
      }
      return Object.fromEntries(values);
    },
    schema: (rules) => ({
      type: 'object',
      additionalProperties: of.schema(),
      ...(rules ? { properties: Object.fromEntries(rules.map((id) => [id, of.schema()])) } : {}),
    }),
  };
}

/** A long form, or a short one that stands for it. */
export function shortOrLong<S, L>(
  short: Setting<S>,
  long: Setting<L>,
  expand: (value: S, at: Span) => L,
): Setting<L> {
  const what = `${short.what} or ${long.what}`;
  return {
    what,
    read(node, reading) {
      if (node.kind === 'map') return long.read(node, reading);
      if (node.kind === 'seq') return wrongType(what, node, reading);
      const value = short.read(node, reading);
      return value === undefined ? undefined : expand(value, spanOf(node, reading));
    },
    schema: (rules) => ({ anyOf: [short.schema(rules), long.schema(rules)] }),
  };
}

function wrongType(what: string, node: DocNode, reading: Reading): undefined {
  reading.report('wrong-type', `This must be ${what}.`, spanOf(node, reading));
  return undefined;
}

function spanOf(node: DocNode, { file }: Reading): Span {
  return { file, start: node.start, end: node.end };
}

function didYouMean(name: string | undefined): string {
  return name === undefined ? '' : ` Did you mean "${name}"?`;
}
