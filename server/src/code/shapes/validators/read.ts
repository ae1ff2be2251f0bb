/** From a value that stands for a schema, of whatever library, to what it lets pass. */

import { remember } from '../../evaluate/memory.ts';
import { exhausted, type Run } from '../../evaluate/run.ts';
import type { Demand, ExternalValue, Value, Wire } from '../../evaluate/values.ts';
import { expressValidatorDemand } from './express-validator.ts';
import { joiDemand } from './joi.ts';
import { zodDemand } from './zod.ts';
import { anyOf, anything, objectDemand, placeIn, schemasOf, type Reading } from './schema.ts';

type Library = (reading: Reading, value: ExternalValue) => Demand;

const libraries: Readonly<Record<string, Library>> = {
  'express-validator': expressValidatorDemand,
  joi: joiDemand,
  '@hapi/joi': joiDemand,
  celebrate: joiDemand,
  zod: zodDemand,
  'nestjs-zod': zodDemand,
  'zod-openapi': zodDemand,
  '@hono/zod-openapi': zodDemand,
};

/** `zod/v4` is `zod`, `@hapi/joi/lib` is `@hapi/joi`. */
export function packageName(module: string): string {
  return module
    .split('/')
    .slice(0, module.startsWith('@') ? 2 : 1)
    .join('/');
}

/** Is it a schema that can be read? Literals count: `{ body: z.object({ … }) }`. */
export function isSchema(value: Value): boolean {
  return schemasOf(value).some(
    (one) => one.t === 'external' && one.args !== undefined && packageName(one.module) in libraries,
  );
}

/** Schemas nested deeper than this go round in circles. */
const depthLimit = 12;

export function readSchema(run: Run, schema: Value, wire: Wire): Demand {
  return read(run, schema, wire, []);
}

function read(run: Run, schema: Value, wire: Wire, around: readonly Value[]): Demand {
  const all = schemasOf(schema);
  const [one] = all;
  if (!one || around.length > depthLimit || around.includes(one) || exhausted(run))
    return anything('schema', placeIn(schema));
  if (all.length > 1) return anyOf(all.map((each) => read(run, each, wire, around)));
  const work = (): Demand => {
    const reading: Reading = { run, wire, inner: (value) => read(run, value, wire, [...around, one]) };
    if (one.t === 'external') {
      const library = libraries[packageName(one.module)];
      return library ? library(reading, one) : anything(`schema of ${one.module}`, one.at);
    }
    return one.t === 'object' && !one.cls
      ? objectDemand(reading, one, one.at)
      : anything('schema', placeIn(one));
  };
  // A schema inside of itself is unknown there and not everywhere.
  return around.length === 0 ? remember(run, one, ['schema', wire], work) : work();
}
