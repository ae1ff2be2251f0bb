/** The options of what checks classes: `ValidationPipe` of Nest, `validation` of routing-controllers. */

import type { Run } from '../../evaluate/run.ts';
import { fixedText } from '../../evaluate/text-parts.ts';
import type { Value } from '../../evaluate/values.ts';
import { listed } from '../../shapes/validators/schema.ts';
import type { Validation } from './class-validator.ts';
import { option } from './decorators.ts';

/** The options of a validator of classes; undefined for options that could not be read. */
export function readValidation(run: Run, options: Value | undefined): Validation | undefined {
  if (options && options.t !== 'undefined' && (options.t !== 'object' || options.open)) return undefined;
  const groups = option(options, 'groups');
  const names = groups && listed(run, groups)?.map(fixedText);
  if (groups && !names?.every((name) => name !== undefined)) return undefined;
  const skips = ['skipMissingProperties', 'skipUndefinedProperties'];
  return {
    unlisted: !isOn(options, 'whitelist')
      ? 'kept'
      : isOn(options, 'forbidNonWhitelisted')
        ? 'refused'
        : 'dropped',
    converts: isOn(option(options, 'transformOptions'), 'enableImplicitConversion'),
    makesInstances: isOn(options, 'transform'),
    skipsMissing: skips.some((name) => isOn(options, name)),
    groups: names?.flatMap((name) => name ?? []),
  };
}

/** Is an option there and true? */
export function isOn(options: Value | undefined, name: string): boolean {
  const value = option(options, name);
  return value?.t === 'boolean' && value.value;
}
