/** Pipes: what they make of the shape of a parameter, whether it must be there, and what they do with classes. */

import type { Scalar, Shape } from '../../../contract/shape.ts';
import type { Span } from '../../../contract/span.ts';
import { callFunction, callValue } from '../../evaluate/calls.ts';
import { singleton } from '../../evaluate/classes.ts';
import { instanceMember } from '../../evaluate/class-members.ts';
import { neverValue, type Run } from '../../evaluate/run.ts';
import { alternatives } from '../../evaluate/alternatives.ts';
import { scalarOf } from '../../evaluate/text-parts.ts';
import {
  arrayOf,
  dynamic,
  objectOf,
  text,
  type ExternalValue,
  type FunctionValue,
  type ObjectValue,
  type Site,
  type UnknownValue,
  type Value,
  type Wire,
  type WrittenType,
} from '../../evaluate/values.ts';
import { enumShape } from '../../shapes/constants.ts';
import { orBooleanText, orNumericText, unionOf } from '../../shapes/validators/schema.ts';
import { externalParent, someText, superArguments } from '../http/errors.ts';
import { createExchange, settled, type Exchange } from '../http/exchange.ts';
import { bodyPart, inputPart } from '../http/request.ts';
import type { Validation } from '../classes/class-validator.ts';
import { exceptionOf, zodException } from './exceptions.ts';
import { option, type DecoratorUse } from '../classes/decorators.ts';
import { isOn, readValidation } from '../classes/validation.ts';
import { makeProvided } from './providers.ts';
import type { NestApp, NestWorld } from './world.ts';

export interface PipeFacts {
  readonly shape?: Shape;
  /** `false`: there is a default. `true`: a missing value is refused. */
  readonly required?: boolean;
  readonly default?: Scalar | undefined;
  /** The error of a refusal. */
  readonly refuses?: Value;
}

const shapes: Readonly<Record<string, Shape | undefined>> = {
  ParseIntPipe: { kind: 'number', integer: true },
  ParseFloatPipe: { kind: 'number', integer: false },
  ParseBoolPipe: { kind: 'boolean' },
  ParseUUIDPipe: { kind: 'string', format: 'uuid' },
  // Whatever `new Date()` makes something of.
  ParseDatePipe: { kind: 'string' },
  ParseArrayPipe: undefined,
  ParseEnumPipe: undefined,
  ParseFilePipe: undefined,
};

/** What comes as JSON passes also as the text that comes in a query. */
const asJson: Readonly<Record<string, (shape: Shape) => Shape>> = {
  ParseIntPipe: orNumericText,
  ParseFloatPipe: orNumericText,
  ParseBoolPipe: (shape) => orBooleanText(shape, ['true', 'false']),
};

export function readPipes(run: Run, pipes: readonly Value[], wire: Wire, at: Span): PipeFacts {
  return pipes
    .map((pipe) => readPipe(run, pipe, wire, at))
    .reduce(
      // Behind a default there is always a value.
      (all, one) => ({ ...all, ...one, ...(all.required === false && { required: false }) }),
      {},
    );
}

function readPipe(run: Run, pipe: Value, wire: Wire, at: Span): PipeFacts {
  const value = packagePipe(pipe);
  const name = value?.path.at(-1) ?? '';
  if (name === 'DefaultValuePipe') return { required: false, default: scalarOf(value?.args?.[0]) };
  if (!value || !(name in shapes)) return {};
  const [first, second] = value.args ?? [];
  const options = name === 'ParseEnumPipe' ? second : first;
  const own = pipe.t === 'external' ? pipeShape(run, name, first) : undefined;
  const shape = own && wire === 'json' ? (asJson[name]?.(own) ?? own) : own;
  return {
    ...(shape && { shape }),
    ...(isOn(options, 'optional') ? { required: false } : name === 'ParseFilePipe' ? {} : { required: true }),
    ...refusal(run, options, someText('message', at), at),
  };
}

function pipeShape(run: Run, name: string, first: Value | undefined): Shape | undefined {
  if (name === 'ParseEnumPipe') return first && enumShape(run, first);
  if (name !== 'ParseArrayPipe') return shapes[name];
  // A text is taken apart at its separators.
  const items = option(first, 'items');
  const item = items?.t === 'native' ? constructed[items.name] : undefined;
  return item && unionOf([{ kind: 'array', items: item }, { kind: 'string' }]);
}

const constructed: Readonly<Record<string, Shape>> = {
  Number: { kind: 'number', integer: false },
  String: { kind: 'string' },
  Boolean: { kind: 'boolean' },
};

/** What of a package a pipe is, or extends; with the arguments that it was made with. */
function packagePipe(pipe: Value): ExternalValue | undefined {
  if (pipe.t === 'external') return pipe;
  if (pipe.t === 'class') return externalParent(pipe);
  const parent = pipe.t === 'object' ? externalParent(pipe.cls) : undefined;
  return parent && { ...parent, args: superArguments(pipe as ObjectValue) };
}

/** The error that `exceptionFactory` makes, or Nest's own for `errorHttpStatusCode`; nothing where that is not known. */
function refusal(
  run: Run,
  options: Value | undefined,
  message: Value,
  at: Span,
): { readonly refuses?: Value } {
  const factory = option(options, 'exceptionFactory');
  if (factory) {
    const error = callValue(run, factory, [dynamic('what a pipe found', at)], { at, file: at.file });
    return { refuses: error };
  }
  const status = option(options, 'errorHttpStatusCode');
  if (status && status.t !== 'number') return {};
  return { refuses: exceptionOf(status?.value ?? 400, message, at) };
}

/** The pipes in front of every parameter of a handler, in the order in which they run. */
export function pipesOf(
  run: Run,
  world: NestWorld,
  app: NestApp | undefined,
  uses: readonly DecoratorUse[],
  classUses: readonly DecoratorUse[],
): readonly Value[] {
  const provided = (app?.graph.enhancers ?? [])
    .filter(({ kind }) => kind === 'APP_PIPE')
    .map(({ value }) => makeProvided(run, world, value));
  const listed = [...classUses, ...uses]
    .filter(({ name, module }) => name === 'UsePipes' && module === '@nestjs/common')
    .flatMap(({ args }) => args);
  return [...(app?.pipes ?? []), ...provided, ...listed].flatMap(alternatives);
}

/** The error of a pipe that checks whole parts; undefined where there is none that is known. */
export function refusalOf(run: Run, pipes: readonly Value[], at: Span): Value | undefined {
  const isZod = pipes.some((pipe) => {
    const value = packagePipe(pipe);
    return value?.module === 'nestjs-zod' && value.path.at(-1) === 'ZodValidationPipe';
  });
  if (isZod) return zodException(at);
  const options = validationPipes(pipes)[0]?.args?.[0];
  const isKnown = validationOf(run, pipes) !== undefined;
  return isKnown
    ? refusal(run, options, arrayOf([someText('message', at)], at, true), at).refuses
    : undefined;
}

/** What `ValidationPipe`, or a pipe that extends it, does with classes; undefined where there is none that is known. */
export function validationOf(run: Run, pipes: readonly Value[]): Validation | undefined {
  const [first] = validationPipes(pipes).flatMap(({ args = [] }) => readValidation(run, args[0]) ?? []);
  return first;
}

function validationPipes(pipes: readonly Value[]): readonly ExternalValue[] {
  return pipes.flatMap((pipe) => {
    const value = packagePipe(pipe);
    return value?.path.at(-1) === 'ValidationPipe' && value.module.startsWith('@nestjs/common')
      ? [value]
      : [];
  });
}

/** `new ParseArrayPipe({ items: Item })`: it checks every item, with options of its own. */
export function listPipe(
  run: Run,
  pipes: readonly Value[],
): { readonly items: Value | undefined; readonly validation: Validation | undefined } | undefined {
  const pipe = pipes.map(packagePipe).find((one) => one?.path.at(-1) === 'ParseArrayPipe');
  const [options] = pipe?.args ?? [];
  return (
    pipe && {
      items: option(options, 'items'),
      validation: readValidation(run, options),
    }
  );
}

/** Runs a pipe of the project; pipes of packages have nothing to run. */
function transformed(
  run: Run,
  pipe: Value,
  value: Value,
  more: readonly Value[],
  at: Span,
): { readonly method: FunctionValue; readonly result: Value } | undefined {
  const site: Site = { at, file: at.file };
  const cls = pipe.t === 'class' ? pipe : pipe.t === 'object' ? pipe.cls : undefined;
  if (!cls) return undefined;
  const instance = pipe.t === 'class' ? singleton(run, pipe, site) : pipe;
  const method = instanceMember(run, cls, 'transform', instance, site);
  if (method?.t !== 'function') return undefined;
  return { method, result: callFunction(run, method, [value, ...more], site) };
}

/**
 * Runs the pipes of the project on a single value: what they refuse with is an answer of the operation. Gives what the
 * first one takes that makes something else of the value, as it is written; `any` where nothing is.
 */
export function takenByPipes(run: Run, pipes: readonly Value[], at: Span): WrittenType | undefined {
  const value = dynamic('a value', at);
  let taken: WrittenType | undefined;
  for (const pipe of pipes) {
    const ran = transformed(run, pipe, value, [], at);
    if (!ran || taken || alternatives(ran.result).every((one) => one === neverValue || isSame(one, value)))
      continue;
    taken = firstParameter(ran.method);
  }
  return taken;
}

function firstParameter({ fn, scope, home }: FunctionValue): WrittenType {
  const type = fn.params[0]?.type;
  const parameters = [...(fn.typeParams ?? []), ...(home?.decl.typeParams ?? [])];
  const isOpen = !type || (type.k === 'ref' && parameters.includes(type.name));
  return { type: isOpen ? { s: fn.s, e: fn.s, k: 'kw', name: 'any' } : type, scope };
}

/** A type that was written on the way leaves a value what it is. */
function isSame(one: Value, value: UnknownValue): boolean {
  return one.t === 'unknown' && one.reason === value.reason;
}

/** `@UploadedFile(new ParseFilePipe())`: without a file it refuses, unless it is told not to. */
export function demandsFile(pipes: readonly Value[]): boolean {
  return pipes.some((pipe) => {
    const value = packagePipe(pipe);
    if (value?.path.at(-1) !== 'ParseFilePipe') return false;
    const required = option(value.args?.[0], 'fileIsRequired');
    return !required || (required.t === 'boolean' && required.value);
  });
}

/**
 * Runs the pipes of the project on a part of the request, for what they demand of it. Gives whether they demand
 * anything: then that counts, and not the written type.
 */
export function runPipes(
  run: Run,
  pipes: readonly Value[],
  type: 'body' | 'query' | 'param',
  exchange: Exchange,
  at: Span,
): boolean {
  // What else a pipe does with the part says nothing of what the handler takes.
  const scratch = createExchange();
  const part =
    type === 'body' ? bodyPart(scratch, at) : inputPart(scratch, type === 'query' ? 'query' : 'path');
  const metadata = objectOf([['type', text(type, at)]], at, true);
  for (const pipe of pipes) transformed(run, pipe, part, [metadata], at);
  const [demanded] = settled([scratch]);
  if (!demanded) return false;
  exchange.bodyDemands.push(...demanded.bodyDemands);
  if (demanded.bodyDemands.length > 0) exchange.bodyAt ??= at;
  const inputs = demanded.inputs.filter(({ shape }) => shape !== undefined);
  exchange.inputs.push(...inputs);
  if (inputs.length > 0) exchange.inputGaps.push(...demanded.inputGaps);
  return demanded.bodyDemands.length > 0 || inputs.length > 0;
}
