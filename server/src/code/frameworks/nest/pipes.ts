/** Pipes on parameters: what they make of the shape, and whether the parameter must be there. */

import type { Shape } from '../../../contract/shape.ts';
import { externalParent } from '../http/errors.ts';
import type { Run } from '../../evaluate/run.ts';
import type { Value } from '../../evaluate/values.ts';
import { option } from './decorators.ts';
import { enumShape } from '../../shapes/constants.ts';

export interface PipeFacts {
  readonly shape?: Shape;
  /** `false`: there is a default. `true`: a missing value is refused. */
  readonly required?: boolean;
  /** The status of a refusal. */
  readonly refuses?: number;
}

const shapes: Readonly<Record<string, Shape | undefined>> = {
  ParseIntPipe: { kind: 'number', integer: true },
  ParseFloatPipe: { kind: 'number', integer: false },
  ParseBoolPipe: { kind: 'boolean' },
  ParseUUIDPipe: { kind: 'string', format: 'uuid' },
  ParseDatePipe: { kind: 'string', format: 'date-time' },
  ParseArrayPipe: undefined,
  ParseEnumPipe: undefined,
  ParseFilePipe: undefined,
};

const badRequest = 400;

export function readPipes(run: Run, pipes: readonly Value[]): PipeFacts {
  return pipes.map((pipe) => readPipe(run, pipe)).reduce((all, one) => ({ ...all, ...one }), {});
}

function readPipe(run: Run, pipe: Value): PipeFacts {
  const value =
    pipe.t === 'external'
      ? pipe
      : pipe.t === 'class'
        ? externalParent(pipe)
        : pipe.t === 'object'
          ? externalParent(pipe.cls)
          : undefined;
  const name = value?.path.at(-1) ?? '';
  if (name === 'DefaultValuePipe') return { required: false };
  if (!value || !(name in shapes)) return {};
  const [first, second] = value.args ?? [];
  const options = name === 'ParseEnumPipe' ? second : first;
  const isOptional = option(options, 'optional');
  const status = option(options, 'errorHttpStatusCode');
  const own =
    pipe.t === 'external'
      ? name === 'ParseEnumPipe'
        ? first && enumShape(run, first)
        : shapes[name]
      : undefined;
  return {
    ...(own && { shape: own }),
    ...(isOptional?.t === 'boolean' && isOptional.value
      ? { required: false }
      : name === 'ParseFilePipe'
        ? {}
        : { required: true }),
    refuses: status?.t === 'number' ? status.value : badRequest,
  };
}
