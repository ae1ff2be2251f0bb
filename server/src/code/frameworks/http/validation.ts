/** Validators of packages that stand in front of handlers: celebrate, express-validator and their like. */

import type { UnknownReason } from '../../../contract/knowledge.ts';
import { jsonSchemaShape } from '../../shapes/validators/json-schema.ts';
import { packageName, readSchema } from '../../shapes/validators/read.ts';
import { withJoiOptions } from '../../shapes/validators/joi.ts';
import { demand, placeIn } from '../../shapes/validators/schema.ts';
import type { Demand, DemandReader, ExternalValue, Value, Wire } from '../../evaluate/values.ts';
import { read, type Run } from '../../evaluate/run.ts';
import type { Exchange } from './exchange.ts';
import { requestModel } from './request.ts';

/** Methods that name the part of the request: `validator.body(schema)`, `validateRequestQuery(schema)`. */
const partOfMethod = /(body|query|params|headers|cookies)$/i;

/** Tells the request what a middleware of a package demands of it. */
export function demandOfPackage(run: Run, value: ExternalValue, exchange: Exchange): void {
  const request = requestModel(exchange);
  if (request.t !== 'model') return;
  const demanded = reader(run, value);
  const { shape } = demanded('json');
  if (shape.kind === 'object') {
    // Chains only note what they find.
    const noted = packageName(value.module) === 'express-validator' ? request.model.noted?.() : undefined;
    request.model.demand?.(
      demanded,
      { at: value.at, file: value.at.file },
      { conditional: false, ...(noted && { verdict: noted }) },
    );
    return;
  }
  const reason: UnknownReason = { why: 'unsupported', construct: `${value.module} middleware`, at: value.at };
  exchange.inputGaps.push(reason);
  exchange.bodyOpen = true;
}

function reader(run: Run, value: ExternalValue): DemandReader {
  if (packageName(value.module) === 'express-validator') return (wire) => readSchema(run, value, wire);
  const [schema, options] = value.args ?? [];
  if (packageName(value.module) === 'express-json-validator-middleware')
    return () => jsonSchemas(run, schema);
  const part = partOfMethod.exec(value.path.at(-1) ?? '')?.[1]?.toLowerCase();
  return (wire: Wire) => {
    const whole = readSchema(run, withJoiOptions(run, schema ?? value, options), wire);
    if (part === undefined) return whole;
    const field = { shape: whole.shape, required: whole.optional === false, at: value.at };
    return demand({ kind: 'object', fields: { [part]: field }, open: false });
  };
}

/** `{ body: schema, query: schema }` of JSON Schemas. */
function jsonSchemas(run: Run, schemas: Value | undefined): Demand {
  const fields = schemas?.t === 'object' ? [...schemas.props] : [];
  const parts = fields.map(([name, cell]) => {
    const schema = read(run, cell);
    return [name, { shape: jsonSchemaShape(run, schema), at: placeIn(schema) }] as const;
  });
  return demand({ kind: 'object', fields: Object.fromEntries(parts), open: false });
}
