/** From a value that stands for a schema, of whatever library, to what it lets pass. */

import { remember } from '../../evaluate/memory.ts';
import { exhausted, type Run } from '../../evaluate/run.ts';
import type { Demand, ExternalValue, Value, Wire } from '../../evaluate/values.ts';
import { expressValidatorDemand } from './express-validator.ts';
import { joiConverted, joiDemand } from './joi.ts';
import { superstructDemand } from './superstruct.ts';
import { typeboxDemand } from './typebox.ts';
import { valibotDemand } from './valibot.ts';
import { yupConverted, yupDemand } from './yup.ts';
import { zodDemand } from './zod.ts';
import { anyOf, anything, objectDemand, placeIn, schemasOf, type Reading } from './schema.ts';

interface Library {
  readonly read: (reading: Reading, value: ExternalValue) => Demand;
  /** What it makes of a whole schema, once all of it is read. */
  readonly finish?: (reading: Reading, value: ExternalValue, given: Demand) => Demand;
}

const joi: Library = { read: joiDemand, finish: joiConverted };
const zod: Library = { read: zodDemand };
const typebox: Library = { read: typeboxDemand };

const libraries: Readonly<Record<string, Library>> = {
  'express-validator': { read: expressValidatorDemand },
  joi,
  '@hapi/joi': joi,
  celebrate: joi,
  superstruct: { read: superstructDemand },
  '@sinclair/typebox': typebox,
  typebox,
  valibot: { read: valibotDemand },
  yup: { read: yupDemand, finish: yupConverted },
  zod,
  'nestjs-zod': zod,
  'zod-openapi': zod,
  '@hono/zod-openapi': zod,
};

/** `zod/v4` is `zod`, `@hapi/joi/lib` is `@hapi/joi`. */
export function packageName(module: string): string {
  const first = module.indexOf('/');
  const end = module.startsWith('@') && first >= 0 ? module.indexOf('/', first + 1) : first;
  return end < 0 ? module : module.slice(0, end);
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
      if (!library) return anything(`schema of ${one.module}`, one.at);
      const isInner = around.some(
        (outer) => outer.t === 'external' && libraries[packageName(outer.module)] === library,
      );
      const given = library.read(reading, one);
      return library.finish && !isInner ? library.finish(reading, one, given) : given;
    }
    return one.t === 'object' && !one.cls
      ? objectDemand(reading, one, one.at)
      : anything('schema', placeIn(one));
  };
  // A schema inside of itself is unknown there and not everywhere.
  return around.length === 0 ? remember(run, one, ['schema', wire], work) : work();
}
