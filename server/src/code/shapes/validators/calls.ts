/**
 * Where a validator meets a request: `schema.parse(req.body)`, `v.parse(schema, req.body)`, `ajv.compile(schema)(req.body)`,
 * wherever they are called. The request is told what is demanded of it; everybody else gets a value that is not known.
 */

import { placeIn, type FrameworkModel, type Run } from '../../evaluate/run.ts';
import { isSchemaModule } from './modules.ts';
import { callbacks } from '../../evaluate/calls.ts';
import { alternatives, union } from '../../evaluate/alternatives.ts';
import {
  dynamic,
  objectOf,
  type DemandReader,
  type Site,
  type Value,
  type Verdict,
} from '../../evaluate/values.ts';
import { celebrateSegment } from './express-validator.ts';
import { findings, meetingOf, notedOn, type Meeting } from './meetings.ts';
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
    return meeting && meet(run, value.module, args, meeting, site);
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

/** What the call gives; undefined where the data has nothing of a request. */
export function meet(
  run: Run,
  module: string,
  args: readonly Value[],
  meeting: Meeting,
  site: Site,
): Value | undefined {
  const { schema, data, result, throws, read = (wire) => readSchema(run, schema, wire) } = meeting;
  const verdict: Verdict = meeting.verdict ?? { decides: false };
  const handed = hold(run, read, data, verdict, site);
  if (!handed) return undefined;
  callbacks(run, args, [], site);
  if (throws !== undefined) {
    const error: Value = { t: 'external', module, path: [throws], args: [], at: site.at };
    run.thrown.at(-1)?.push({ value: error, ...placeIn(run, site.at), verdict });
  }
  return result(handed, verdict, site);
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
