/**
 * Where a validator meets a request: `schema.parse(req.body)`, `v.parse(schema, req.body)`, `ajv.compile(schema)(req.body)`,
 * wherever they are called. The request is told what is demanded of it; everybody else gets a value that is not known.
 */

import { placeIn, type FrameworkModel, type Run } from '../../evaluate/run.ts';
import { isSchemaModule } from './modules.ts';
import { callbacks } from '../../evaluate/calls.ts';
import {
  alternatives,
  dynamic,
  model,
  native,
  objectOf,
  union,
  type DemandReader,
  type ExternalValue,
  type Site,
  type Value,
  type Verdict,
} from '../../evaluate/values.ts';
import { withJoiOptions } from './joi.ts';
import { celebrateSegment } from './express-validator.ts';
import { packageName, readSchema } from './read.ts';
import { anything, fieldDemand, pathSince } from './schema.ts';
import { isZodInstance, zodLiteral } from './zod.ts';

export const validators: FrameworkModel = {
  external(run, value, how, args, site) {
    if (how !== 'call') return undefined;
    if (packageName(value.module) === 'express-validator') {
      const noted = notedOn(args[0]);
      if (value.path.at(-1) === 'matchedData') return dynamic('what validators found', site.at);
      if (value.path[0] === 'validationResult') return noted && findings(run, noted);
    }
    const meeting = meetingOf(run, value, args);
    if (!meeting) return undefined;
    const { schema, data, result, throws } = meeting;
    const verdict: Verdict = meeting.verdict ?? { decides: false };
    const handed = hold(run, (wire) => readSchema(run, schema, wire), data, verdict, site);
    if (!handed) return undefined;
    callbacks(run, args, [], site);
    if (throws !== undefined) {
      const { module } = value;
      const error: Value = { t: 'external', module, path: [throws], args: [], at: site.at };
      run.thrown.at(-1)?.push({ value: error, ...placeIn(run, site.at), verdict });
    }
    return result(handed, verdict, site);
  },
  isInstance(value, parent) {
    if (value.t !== 'external' || !isSchemaModule(value.module)) return undefined;
    if (!/Error$/.test(value.path.at(-1) ?? ''))
      return packageName(parent.module) === 'zod'
        ? isZodInstance(value, parent.path.at(-1) ?? '')
        : undefined;
    if (parent.module === 'global:Error') return true;
    return (
      packageName(value.module) === packageName(parent.module) && value.path.at(-1) === parent.path.at(-1)
    );
  },
  constant(value) {
    const segment = celebrateSegment(value);
    if (segment) return segment;
    if (value.path.at(-1) !== 'shape' || !value.on || !/^(?:zod|nestjs-zod)(?:$|\/)/.test(value.module))
      return undefined;
    return pathSince(value).length === 1 ? zodLiteral(value.on) : undefined;
  },
};

interface Meeting {
  readonly schema: Value;
  readonly data: Value;
  /** What the call gives, from what the validator hands out. */
  readonly result: (handed: Value, verdict: Verdict, site: Site) => Value;
  /** That of several calls; its own where there is none. */
  readonly verdict?: Verdict | undefined;
  /** The class of what is thrown for input that does not pass, as the package exports it. */
  readonly throws?: string;
}

const parsed = (handed: Value): Value => handed;

function found(verdict: Verdict, site: Site): Value {
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

function notedOn(request: Value | undefined): Verdict | undefined {
  return request?.t === 'model' ? request.model.noted?.() : undefined;
}

/** `validationResult(req)`: what chains have noted on a request, to be looked at or thrown. */
function findings(run: Run, verdict: Verdict): Value {
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

function meetingOf(run: Run, value: ExternalValue, args: readonly Value[]): Meeting | undefined {
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

/** Tells the parts of a request what is demanded of them; undefined if the data has nothing of a request. */
function hold(
  run: Run,
  read: DemandReader,
  data: Value,
  verdict: Verdict,
  site: Site,
  depth = 0,
): Value | undefined {
  const handed = alternatives(data).flatMap((one) => {
    if (one.t === 'model')
      return one.model.demand?.(read, site, { conditional: run.conditions.length > 0, verdict }) ?? [];
    if (one.t !== 'object' || one.cls || depth >= 2) return [];
    const fields = [...one.props].flatMap(([name, { value }]): [string, Value][] => {
      const field: DemandReader = (wire) =>
        fieldDemand(read(wire), name) ?? anything('what a schema demands', site.at);
      const inner = value && hold(run, field, value, verdict, site, depth + 1);
      return inner ? [[name, inner]] : [];
    });
    return fields.length > 0 ? [objectOf(fields, site.at, true)] : [];
  });
  return handed.length === 0 ? undefined : union(handed);
}
