/**
 * The rules about examples take nearly all of the time of a run, because the same shared schema is visited, and its
 * validator compiled, on every way that leads to it. Their results depend on the visited object alone (and on whether
 * the way leads through a request or a response), so each object is looked at once.
 */

import type { Ruleset } from '@stoplight/spectral-core';
import { createCertainty, type Certainty } from './certainty.ts';
import { namesSchemas } from './identifiers.ts';

export type RuleFunction = Ruleset['rules'][string]['then'][number]['function'];
type Results = Exclude<ReturnType<RuleFunction>, undefined>;
type Result = Extract<Results, readonly unknown[]>[number];
type Context = Parameters<RuleFunction>[2];

interface Options {
  readonly oasVersion: 2 | 3;
  readonly schemaField: '$' | string;
  readonly type: 'media' | 'schema';
}

interface Memory {
  readonly results: readonly WeakMap<object, readonly Result[] | undefined>[];
  readonly certainty: Certainty | undefined;
}

/** Is it the function of Spectral's rules about examples? */
export function isExampleCheck(check: RuleFunction): boolean {
  return check.name === 'oasExample';
}

/** Gives the same results as `check`. What is remembered belongs to one document and goes with it. */
export function rememberExamples(check: RuleFunction): RuleFunction {
  const memories = new WeakMap<object, Memory>();
  const remembering: RuleFunction = (value: unknown, options, context) => {
    const given = options as Options | null;
    if (typeof value !== 'object' || value === null || Array.isArray(value) || !given)
      return check(value, options, context);
    const owner = ownerOf(context);
    const memory = memories.get(owner) ?? memoryOf(context);
    memories.set(owner, memory);
    const direction = directionOf(context.path, given);
    const results = memory.results[direction];
    if (!results) return check(value, options, context);
    const depth = context.path.length;
    if (results.has(value)) return moved(results.get(value), context);
    if (memory.certainty && isCertainlyValid(value, given, direction, memory.certainty)) {
      results.set(value, undefined);
      return undefined;
    }
    const found = check(value, options, context);
    if (found !== undefined && !Array.isArray(found)) return found;
    // A result elsewhere than below the visited object would not move along with it.
    if (found?.every(({ path }) => path !== undefined && path.length >= depth) ?? true)
      results.set(
        value,
        found?.map((result) => ({ ...result, path: result.path?.slice(depth) ?? [] })),
      );
    return found;
  };
  return Object.assign(remembering, check);
}

/** Who lints a document again and again hands Spectral the same object each time, which it wraps anew. */
function ownerOf({ document }: Context): object {
  return 'parserResult' in document ? (document.parserResult as object) : document;
}

function moved(results: readonly Result[] | undefined, { path }: Context): Result[] | undefined {
  return results?.map((result) => ({ ...result, path: [...path, ...(result.path ?? [])] }));
}

type Formats = Context['document']['formats'];

/** The key that names a schema besides those of newer dialects. */
export function namingKey(formats: Formats): 'id' | undefined {
  return isVersion(formats, '3.1') || isVersion(formats, '3.2') ? undefined : 'id';
}

function isVersion(formats: Formats, version: string): boolean {
  return [...(formats ?? [])].some(({ displayName }) => displayName === `OpenAPI ${version}.x`);
}

function memoryOf({ document, documentInventory }: Context): Memory {
  const formats = document.formats ?? null;
  const data = document.data as { readonly jsonSchemaDialect?: unknown } | null;
  const newer = isVersion(formats, '3.1') || isVersion(formats, '3.2');
  const isStandard = data?.jsonSchemaDialect === undefined;
  const dialect = newer
    ? isStandard
      ? '2020-12'
      : undefined
    : isVersion(formats, '3.0')
      ? 'draft4'
      : undefined;
  const { resolved } = documentInventory as { readonly resolved?: unknown };
  const mayRemember =
    typeof resolved === 'object' && resolved !== null && !namesSchemas(resolved, namingKey(formats));
  return mayRemember
    ? {
        results: [new WeakMap(), new WeakMap(), new WeakMap(), new WeakMap()],
        certainty: dialect && createCertainty(dialect),
      }
    : { results: [], certainty: undefined };
}

/**
 * 0 to 3: whether `writeOnly` or `readOnly` properties are not required here. Spectral's own notion of it, by the way
 * from the document's root and not by what is sent.
 */
function directionOf(path: Context['path'], { type, oasVersion }: Options): 0 | 1 | 2 | 3 {
  if (type !== 'media') return 0;
  const [first, second, , fourth] = path;
  const below = (name: string): boolean =>
    (oasVersion === 3 && first === 'components' && second === name) ||
    (oasVersion === 2 && first === name) ||
    (first === 'paths' && fourth === name);
  if (oasVersion === 3 && below(first === 'components' ? 'requestBodies' : 'requestBody')) return 1;
  return below('responses') ? 2 : 0;
}

function isCertainlyValid(
  value: object,
  { schemaField, type }: Options,
  direction: number,
  certainty: Certainty,
): boolean {
  const target = value as Readonly<Record<string, unknown>>;
  const schema = schemaField === '$' ? target : target[schemaField];
  if (!certainty.compiles(schema)) return false;
  // A property that need not be there allows more, except below `oneOf` and `not`.
  if (direction !== 0 && !certainty.isSimple(schema)) return false;
  const examples = type === 'schema' ? ownExamples(target) : mediaExamples(target);
  return examples?.every((example) => certainty.accepts(schema, example) === true) ?? false;
}

function ownExamples(target: Readonly<Record<string, unknown>>): readonly unknown[] {
  return ['example', 'default'].filter((field) => field in target).map((field) => target[field]);
}

/** `example` is all that is looked at where there is one. */
function mediaExamples(target: Readonly<Record<string, unknown>>): readonly unknown[] | undefined {
  if ('example' in target) return [target['example']];
  const { examples } = target;
  if (typeof examples !== 'object' || examples === null || Array.isArray(examples)) return undefined;
  const list: unknown[] = [];
  for (const example of Object.values(examples) as readonly unknown[]) {
    if (typeof example !== 'object' || example === null) continue;
    if ('externalValue' in example) continue;
    if (!('value' in example)) return undefined;
    list.push(example.value);
  }
  return list;
}
