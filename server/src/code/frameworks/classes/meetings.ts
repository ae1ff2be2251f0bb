/** class-validator outside of the frameworks that call it: `validate(plainToInstance(User, req.body))`. */

import type { FrameworkModel } from '../../evaluate/run.ts';
import type { DemandReader, Value } from '../../evaluate/values.ts';
import { meet } from '../../shapes/validators/calls.ts';
import { found, type Meeting } from '../../shapes/validators/meetings.ts';
import { demand } from '../../shapes/validators/schema.ts';
import { shapeOfClass } from './dto.ts';
import { readValidation } from './validation.ts';

const checks: Readonly<Record<string, Pick<Meeting, 'result' | 'throws'>>> = {
  validate: { result: (_, verdict, site) => found(verdict, site) },
  validateSync: { result: (_, verdict, site) => found(verdict, site) },
  validateOrReject: { result: (handed) => handed, throws: 'ValidationError' },
};

export const classMeetings: FrameworkModel = {
  external(run, value, how, args, site) {
    const check =
      value.module === 'class-validator' && how === 'call' ? checks[value.path.at(-1) ?? ''] : undefined;
    const [instance, options] = args;
    const [cls, data] = (instance && madeOf(instance)) ?? [];
    if (!check || cls?.t !== 'class' || !data) return undefined;
    const read: DemandReader = (wire) =>
      demand(
        shapeOfClass(
          { run, world: { applied: [] }, at: site.at, wire, validation: readValidation(run, options) },
          cls,
        ),
      );
    return meet(run, value.module, args, { schema: cls, data, read, ...check }, site);
  },
};

/** The class and the data of `plainToInstance(cls, data)`. */
function madeOf(value: Value): readonly Value[] | undefined {
  const isMade =
    value.t === 'external' &&
    value.module === 'class-transformer' &&
    /^plainTo(?:Instance|Class)$/.test(value.path.at(-1) ?? '');
  return isMade ? value.args : undefined;
}
