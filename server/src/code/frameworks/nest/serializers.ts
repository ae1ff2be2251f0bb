/** Answers that a schema serialises: `@ZodSerializerDto(User)`, `@ZodResponse({ type: User })` of nestjs-zod. */

import type { Field, Shape } from '../../../contract/shape.ts';
import type { Run } from '../../evaluate/run.ts';
import type { Value } from '../../evaluate/values.ts';
import { readSchema } from '../../shapes/validators/read.ts';
import { everywhere, unionOf } from '../../shapes/validators/schema.ts';
import { option, type DecoratorUse } from '../classes/decorators.ts';
import { shapeOfClass } from '../classes/dto.ts';
import type { NestWorld } from './world.ts';

/**
 * What a schema lets out of the answer of a method; undefined where none does. Without the interceptor the decorator says
 * nothing.
 */
export function serialisedShape(
  run: Run,
  world: NestWorld,
  uses: readonly DecoratorUse[],
  interceptors: readonly Value[],
): Shape | undefined {
  const isOn = interceptors.some(
    (one) => one.t === 'external' && isZod(one.module) && one.path.at(-1) === 'ZodSerializerInterceptor',
  );
  const use = uses.find(({ name, module }) => isZod(module) && /^Zod(?:SerializerDto|Response)$/.test(name));
  if (!isOn || !use) return undefined;
  const [first] = use.args;
  const type = use.name === 'ZodResponse' ? option(first, 'type') : first;
  return type && asSent(shapeOf(run, world, type, use));
}

function isZod(module: string): boolean {
  return module === 'nestjs-zod' || module.startsWith('nestjs-zod/');
}

function shapeOf(run: Run, world: NestWorld, type: Value, use: DecoratorUse): Shape {
  if (type.t === 'array' && type.items[0])
    return { kind: 'array', items: shapeOf(run, world, type.items[0], use) };
  return type.t === 'class'
    ? shapeOfClass({ run, world, at: use.at, wire: 'json', validation: undefined }, type)
    : readSchema(run, type, 'json').shape;
}

/** Of what a schema takes, what it gives: defaults are there, what it does not list is not, and texts are converted. */
function asSent(shape: Shape): Shape {
  return everywhere(shape, (one): Shape => {
    switch (one.kind) {
      case 'union':
        return unionOf(given(one.of));
      case 'object': {
        const fields = Object.entries(one.fields).map(([name, field]) => [name, sentField(field)] as const);
        return {
          kind: 'object',
          fields: Object.fromEntries(fields),
          open: one.open,
          ...(one.rest && { rest: one.rest }),
          ...(!one.open && { whole: true as const }),
        };
      }
      default:
        return one;
    }
  });
}

/** Of what a number is made of, the number. */
function given(parts: readonly Shape[]): readonly Shape[] {
  if (!parts.some((part) => part.kind === 'string' && part.converted)) return parts;
  const numbers = parts.filter(({ kind }) => kind === 'number');
  return numbers.length > 0 ? numbers : parts.filter(({ kind }) => kind === 'boolean');
}

function sentField({ shape, required, default: fallback, at }: Field): Field {
  const isThere = required === true || fallback !== undefined;
  return { shape, ...(isThere ? { required: true } : required !== undefined && { required }), at };
}
