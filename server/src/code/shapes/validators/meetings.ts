/** Calls in which a schema meets its data, by library: what they check, what they give, and what they throw. */

import { placeIn, type Run } from '../../evaluate/run.ts';
import {
  arrayOf,
  dynamic,
  model,
  native,
  objectOf,
  type DemandReader,
  type ExternalValue,
  type Site,
  type Value,
  type Verdict,
} from '../../evaluate/values.ts';
import { withJoiOptions } from './joi.ts';
import { coerced, jsonSchemaShape } from './json-schema.ts';
import { packageName, readSchema } from './read.ts';
import { demand, everywhere, optionOf } from './schema.ts';

export interface Meeting {
  readonly schema: Value;
  /** What passes, where that is not what the schema alone says. */
  readonly read?: DemandReader;
  readonly data: Value;
  /** What the call gives, from what the validator hands out. */
  readonly result: (handed: Value, verdict: Verdict, site: Site) => Value;
  /** That of several calls; its own where there is none. */
  readonly verdict?: Verdict | undefined;
  /** The class of what is thrown for input that does not pass, as the package exports it. */
  readonly throws?: string;
}

const parsed = (handed: Value): Value => handed;

export function found(verdict: Verdict, site: Site): Value {
  return { ...dynamic('verdict of a validator', site.at), verdict };
}

function outcome(value: string, error: string): Meeting['result'] {
  return (handed, verdict, site) =>
    objectOf(
      [
        [value, handed],
        [error, found(verdict, site)],
        ['success', found(verdict, site)],
      ],
      site.at,
      true,
    );
}

export function notedOn(request: Value | undefined): Verdict | undefined {
  return request?.t === 'model' ? request.model.noted?.() : undefined;
}

/** `validationResult(req)`: what chains have noted on a request, to be looked at or thrown. */
export function findings(run: Run, verdict: Verdict): Value {
  const self: Value = model({
    kind: 'findings',
    get: (name) =>
      native(name, (_, site) => {
        if (name === 'throw') {
          const thrown = dynamic('errors of a validator', site.at);
          run.thrown.at(-1)?.push({ value: thrown, ...placeIn(run, site.at), verdict });
        }
        return name === 'formatWith' ? self : found(verdict, site);
      }),
  });
  return self;
}

export function meetingOf(run: Run, value: ExternalValue, args: readonly Value[]): Meeting | undefined {
  const method = value.path.at(-1) ?? '';
  const [first] = args;
  const on = value.on;
  if (!first) return undefined;
  switch (packageName(value.module)) {
    case 'zod':
    case 'nestjs-zod':
    case 'zod-openapi':
    case '@hono/zod-openapi':
      return on && zodMeeting(method, on, first);
    case 'express-validator':
      return on && method === 'run'
        ? { schema: on, data: first, verdict: notedOn(first), result: (_, verdict) => findings(run, verdict) }
        : undefined;
    case 'joi':
    case '@hapi/joi':
    case 'celebrate':
      return joiMeeting(run, method, value, args);
    case 'yup':
      return on && yupMeeting(run, method, on, args);
    case 'valibot':
    case 'superstruct':
    case '@sinclair/typebox':
    case 'typebox':
      return functionalMeeting(packageName(value.module), value, args);
    case 'ajv':
      return ajvMeeting(run, value, args);
    default:
      return undefined;
  }
}

/** `schema.validate(data)`, `Joi.attempt(data, schema)`; the old `Joi.validate(data, schema)`. */
function joiMeeting(
  run: Run,
  method: string,
  { on }: ExternalValue,
  args: readonly Value[],
): Meeting | undefined {
  const [first, second, third] = args;
  const [given, data] = on ? [on, first] : [second, first];
  if (!given || !data) return undefined;
  const schema = withJoiOptions(run, given, on ? second : third);
  switch (method) {
    case 'validate':
      return { schema, data, result: outcome('value', 'error') };
    case 'validateAsync':
    case 'attempt':
    case 'assert':
      return { schema, data, result: parsed, throws: 'ValidationError' };
    default:
      return undefined;
  }
}

function zodMeeting(method: string, schema: Value, data: Value): Meeting | undefined {
  switch (method) {
    case 'parse':
    case 'parseAsync':
    case 'decode':
    case 'decodeAsync':
    case 'passthroughParse':
      return { schema, data, result: parsed, throws: 'ZodError' };
    case 'safeParse':
    case 'safeParseAsync':
    case 'spa':
    case 'safeDecode':
    case 'safeDecodeAsync':
      return { schema, data, result: outcome('data', 'error') };
    default:
      return undefined;
  }
}

function yupMeeting(
  run: Run,
  method: string,
  schema: ExternalValue,
  [data, options]: readonly Value[],
): Meeting | undefined {
  if (!data) return undefined;
  const isStrict = optionOf(run, options, 'strict')?.t === 'boolean';
  const given: Value = isStrict
    ? { ...schema, path: [...schema.path, 'strict'], on: schema, args: [] }
    : schema;
  switch (method) {
    case 'validate':
    case 'validateSync':
      return { schema: given, data, result: parsed, throws: 'ValidationError' };
    case 'isValid':
    case 'isValidSync':
      return { schema: given, data, result: told };
    default:
      return undefined;
  }
}

const told: Meeting['result'] = (_, verdict, site) => found(verdict, site);

type Call = Pick<Meeting, 'result' | 'throws'> & { readonly schema: 'first' | 'second' };

const valibotSafe: Meeting['result'] = (handed, verdict, site) =>
  objectOf(
    [
      ['output', handed],
      ['issues', found(verdict, site)],
      ['success', found(verdict, site)],
    ],
    site.at,
    true,
  );

/** Libraries whose schemas are handed to functions, with the place that the schema has among the arguments. */
const functions: Readonly<Record<string, Readonly<Record<string, Call>>>> = {
  valibot: {
    parse: { schema: 'first', result: parsed, throws: 'ValiError' },
    parseAsync: { schema: 'first', result: parsed, throws: 'ValiError' },
    assert: { schema: 'first', result: parsed, throws: 'ValiError' },
    safeParse: { schema: 'first', result: valibotSafe },
    safeParseAsync: { schema: 'first', result: valibotSafe },
    is: { schema: 'first', result: told },
  },
  superstruct: {
    assert: { schema: 'second', result: parsed, throws: 'StructError' },
    create: { schema: 'second', result: parsed, throws: 'StructError' },
    mask: { schema: 'second', result: parsed, throws: 'StructError' },
    is: { schema: 'second', result: told },
    validate: {
      schema: 'second',
      result: (handed, verdict, site) => arrayOf([found(verdict, site), handed], site.at),
    },
  },
  '@sinclair/typebox': {
    Check: { schema: 'first', result: told },
    Parse: { schema: 'first', result: parsed, throws: 'ParseError' },
    Decode: { schema: 'first', result: parsed, throws: 'DecodeError' },
    Assert: { schema: 'first', result: parsed, throws: 'AssertError' },
  },
};

function functionalMeeting(
  library: string,
  value: ExternalValue,
  args: readonly Value[],
): Meeting | undefined {
  const method = value.path.at(-1) ?? '';
  const call = functions[library === 'typebox' ? '@sinclair/typebox' : library]?.[method];
  if (!call) return undefined;
  const { schema: place, ...rest } = call;
  // `TypeCompiler.Compile(T).Check(data)`, `parser(schema)(data)`.
  const compiled = value.on?.args?.[0];
  const [first, second] = args;
  const [schema, data] = compiled ? [compiled, first] : place === 'first' ? [first, second] : [second, first];
  return schema && data && { ...rest, schema, data };
}

/** `ajv.compile(schema)(data)`, `ajv.validate(schema, data)`. */
function ajvMeeting(run: Run, value: ExternalValue, args: readonly Value[]): Meeting | undefined {
  const method = value.path.at(-1);
  const [first, second] = args;
  const [schema, data] =
    method === 'compile' && value.args
      ? [value.args[0], first]
      : method === 'validate' && !value.args
        ? [first, second]
        : [undefined, undefined];
  if (!schema || !data) return undefined;
  const options = value.on?.args?.[0];
  const isOn = (name: string): boolean => {
    const option = optionOf(run, options, name);
    return option !== undefined && !(option.t === 'boolean' && !option.value);
  };
  const read: DemandReader = (wire) => {
    const shape =
      schema.t === 'external' ? readSchema(run, schema, wire).shape : jsonSchemaShape(run, schema);
    const taken = isOn('removeAdditional')
      ? everywhere(shape, (one) =>
          one.kind === 'object' ? { kind: 'object', fields: one.fields, open: one.open } : one,
        )
      : shape;
    return demand(isOn('coerceTypes') && wire === 'json' ? coerced(taken) : taken);
  };
  return { schema, data, read, result: told };
}
