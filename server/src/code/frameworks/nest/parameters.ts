/** Parameters of a handler: what each decorator reads of the request, and the value that the method gets for it. */

import { callValue } from '../../evaluate/calls.ts';
import { evaluate } from '../../evaluate/expressions.ts';
import { paramName } from '../../evaluate/look.ts';
import type { Run } from '../../evaluate/run.ts';
import type { UnknownReason } from '../../../contract/knowledge.ts';
import type { Scalar, Shape } from '../../../contract/shape.ts';
import type { Span } from '../../../contract/span.ts';
import type { Param, TypeExpr } from '../../program/program.ts';
import { fixedText, scalarOf } from '../../evaluate/text-parts.ts';
import { dynamic, undefinedValue, type Scope, type Value, type Wire } from '../../evaluate/values.ts';
import { missInputs, type Exchange, type InputPlace } from '../http/exchange.ts';
import { requireFiles, type BodyDraft } from '../classes/bodies.ts';
import { decoratorUses, type DecoratorUse } from '../classes/decorators.ts';
import { fieldsOfType, shapeOfClass, shapeOfDto, type DtoFields, type DtoReading } from '../classes/dto.ts';
import {
  demandsFile,
  listPipe,
  readPipes,
  refusalOf,
  runPipes,
  takenByPipes,
  validationOf,
  type PipeFacts,
} from './pipes.ts';
import { allowsMissing, shapeOfType } from '../../shapes/types.ts';
import type { NestWorld } from './world.ts';

export interface ParameterReading {
  readonly run: Run;
  readonly world: NestWorld;
  readonly exchange: Exchange;
  /** What pipes refuse with: they stand in front of the handler. */
  readonly refusals: { readonly error: Value; readonly at: Span }[];
  readonly body: BodyDraft;
  /** Those in front of every parameter. */
  readonly pipes: readonly Value[];
  readonly request: Value;
  readonly response: Value;
  readonly next: Value;
  readonly context: Value;
  readonly scope: Scope;
}

const places: Readonly<Record<string, InputPlace>> = {
  Param: 'path',
  Params: 'path',
  TypedParam: 'path',
  Query: 'query',
  TypedQuery: 'query',
  Headers: 'header',
  TypedHeaders: 'header',
  Cookies: 'cookie',
  SignedCookies: 'cookie',
};

export function argumentOf(reading: ParameterReading, param: Param): Value {
  const { run, world, scope } = reading;
  const at: Span = { file: scope.file, start: param.s, end: param.e };
  const value: Value = {
    ...dynamic(`parameter ${paramName(param) ?? ''}`.trim(), at),
    ...(param.type && { type: { type: param.type, scope } }),
  };
  for (const use of decoratorUses(run, world, param.decorators ?? [], scope)) {
    const own = fromDecorator(reading, param, use, value, at);
    if (own) return own;
  }
  return value;
}

function fromDecorator(
  reading: ParameterReading,
  param: Param,
  use: DecoratorUse,
  value: Value,
  at: Span,
): Value | undefined {
  if (use.name === 'custom parameter') {
    const made = customValue(reading, use, at);
    if (!made) readsUnseen(reading, use, at);
    return made ?? value;
  }
  const name = use.name.replace(/^.*\./, '');
  const place = places[name];
  if (place) {
    readInput(reading, param, use, place, at);
    return value;
  }
  switch (name) {
    case 'Body':
    case 'TypedBody':
      readBody(reading, param, use, at);
      return value;
    case 'RawBody':
      reading.body.at ??= at;
      reading.body.open = true;
      return value;
    case 'UploadedFile':
    case 'UploadedFiles':
      refuse(reading, readPipes(reading.run, use.args, 'json', at), use.at);
      reading.body.at ??= at;
      reading.body.upload ??= at;
      if (reading.body.fields.size === 0) reading.body.open = true;
      if (name === 'UploadedFile' && demandsFile(use.args)) requireFiles(reading.body);
      return value;
    case 'Req':
    case 'Request':
      return reading.request;
    case 'Res':
    case 'Response':
      return reading.response;
    case 'Next':
      return reading.next;
    default:
      if (!use.module.startsWith('@nestjs/')) readsUnseen(reading, use, at);
      return undefined;
  }
}

/** A decorator of another package may read anything: `@Paginate()` of nestjs-paginate takes the whole query. */
function readsUnseen({ exchange }: ParameterReading, use: DecoratorUse, at: Span): void {
  const reason: UnknownReason = { why: 'unsupported', construct: `@${use.name}() of ${use.module}`, at };
  missInputs(exchange, reason, 'query');
  exchange.bodyGaps.push(reason);
}

function customValue(reading: ParameterReading, use: DecoratorUse, at: Span): Value | undefined {
  const [factory] = use.value.on?.args ?? [];
  if (factory?.t !== 'function') return undefined;
  const made = callValue(reading.run, factory, [use.args[0] ?? undefinedValue, reading.context], {
    at,
    name: at,
    file: at.file,
  });
  return made.t === 'unknown' && made.reason.why === 'pending' ? undefined : made;
}

function isOptional(param: Param): boolean {
  return param.optional === true || param.to.k === 'dflt' || allowsMissing(param.type);
}

/** `@Query('limit') limit = 20`. */
function initialOf(run: Run, { to }: Param, scope: Scope): Scalar | undefined {
  return to.k === 'dflt' ? scalarOf(evaluate(run, to.v, scope)) : undefined;
}

function refuse({ refusals }: ParameterReading, { refuses }: PipeFacts, at: Span): void {
  if (refuses) refusals.push({ error: refuses, at });
}

function readInput(
  reading: ParameterReading,
  param: Param,
  use: DecoratorUse,
  place: InputPlace,
  at: Span,
): void {
  const { run, exchange, scope } = reading;
  const [first, ...rest] = use.args;
  const name = first && fixedText(first);
  if (name !== undefined) {
    const pipes = readPipes(run, rest, 'text', at);
    refuse(reading, pipes, use.at);
    const { shape, required } = valueBehind(reading, param, pipes, rest, at);
    exchange.inputs.push({
      in: place,
      name: place === 'header' ? name.toLowerCase() : name,
      at,
      evidence: 'declared',
      shape,
      ...(place === 'path' ? { required: true } : required !== undefined && { required }),
      default: pipes.default ?? (pipes.required === true ? undefined : initialOf(run, param, scope)),
      ...((pipes.shape ?? pipes.required) !== undefined && { enforced: true }),
    });
    if (place === 'path') exchange.pathReads.push({ name, at });
    return;
  }
  // All headers or cookies at once say nothing about which of them count.
  if (place === 'header' || place === 'cookie') return;
  const kind = place === 'path' ? 'param' : 'query';
  // The names are properties of an object, which may be read anywhere.
  if (place === 'path') exchange.readsPathWhole = true;
  if (runPipes(run, [...reading.pipes, ...use.args], kind, exchange, at)) return;
  const dto = readingOf(reading, use.args, 'text', at);
  const taken = wholeBehind(reading, param, use, at);
  const { fields, gaps, checked, dropped }: DtoFields = fieldsOfType(dto, taken.type, taken.scope) ?? {
    fields: new Map(),
    gaps: [{ why: 'dynamic', what: 'type of an object', at }],
  };
  if (place === 'query') for (const gap of gaps) missInputs(exchange, gap, place);
  if (checked) refuseInvalid(reading, use);
  for (const [name, where] of dropped ?? []) exchange.dropped.push({ in: place, name, at: where });
  for (const [field, { shape, required, default: initial, accepted, at: where }] of fields) {
    exchange.inputs.push({
      in: place,
      name: field,
      at: where,
      evidence: 'declared',
      shape,
      ...(required !== undefined && { required: required && !isOptional(param) }),
      default: initial,
      ...(checked && { enforced: true }),
      ...(accepted && { accepted }),
    });
  }
}

function readBody(reading: ParameterReading, param: Param, use: DecoratorUse, at: Span): void {
  const { run, body, exchange, scope } = reading;
  const [first, ...rest] = use.args;
  const key = first && fixedText(first);
  body.at ??= at;
  if (key !== undefined) {
    const pipes = readPipes(run, rest, 'json', at);
    refuse(reading, pipes, use.at);
    const { shape, required } = valueBehind(reading, param, pipes, rest, at);
    body.fields.set(key, { shape, ...(required !== undefined && { required }), at });
    body.required = body.required === true || required === true;
    return;
  }
  refuse(reading, readPipes(run, use.args, 'json', at), use.at);
  if (runPipes(run, [...reading.pipes, ...use.args], 'body', exchange, at)) return;
  const list = listPipe(run, use.args);
  const dto = readingOf(reading, use.args, 'json', at);
  if (list) {
    body.whole = {
      kind: 'array',
      items:
        list.items?.t === 'class'
          ? shapeOfClass({ ...dto, validation: list.validation }, list.items)
          : shapeOfDto(dto, itemType(param.type), scope),
    };
    return;
  }
  const taken = wholeBehind(reading, param, use, at);
  const found = fieldsOfType(dto, taken.type, taken.scope);
  if (!found) {
    body.whole = shapeOfDto(dto, taken.type, taken.scope);
    if (!isOptional(param)) body.required = true;
    return;
  }
  const { fields, gaps } = found;
  if (found.checked) {
    refuseInvalid(reading, use);
    body.checked = true;
  }
  for (const [name, field] of fields) body.fields.set(name, field);
  body.gaps.push(...gaps);
  if (found.strict) body.strict = true;
  // A body whose every field may be missing may be missing itself; whether it is refused then, pipes decide.
  if (isOptional(param)) body.required = false;
  else if ([...fields.values()].some(({ required }) => required === true)) body.required = true;
}

function readingOf(
  { run, world, pipes }: ParameterReading,
  own: readonly Value[],
  wire: Wire,
  at: Span,
): DtoReading {
  return { run, world, at, wire, validation: validationOf(run, [...pipes, ...own]) };
}

/** A single value as it comes: what stands in front of the handler may take something else than the handler gets. */
function valueBehind(
  { run, scope }: ParameterReading,
  param: Param,
  { shape, required }: PipeFacts,
  pipes: readonly Value[],
  at: Span,
): { readonly shape: Shape; readonly required?: boolean } {
  const taken = takenByPipes(run, pipes, at);
  const own = taken ? shapeOfType(run, taken.type, taken.scope, at) : shapeOfType(run, param.type, scope, at);
  // Whether such a pipe takes a missing value too, its type does not tell.
  const isNeeded = isOptional(param) ? false : taken ? undefined : true;
  const needed = required ?? isNeeded;
  return { shape: shape ?? own, ...(needed !== undefined && { required: needed }) };
}

/** The type of a whole part as it comes; a pipe that takes anything mostly checks it by the class that the handler wants. */
function wholeBehind(
  { run, scope }: ParameterReading,
  { type }: Param,
  use: DecoratorUse,
  at: Span,
): { readonly type: TypeExpr | undefined; readonly scope: Scope } {
  const taken = takenByPipes(run, use.args, at);
  return taken?.type.k === 'ref' ? taken : { type, scope };
}

/** The pipe that checks classes answers where one does not pass. */
function refuseInvalid(reading: ParameterReading, use: DecoratorUse): void {
  const refuses = refusalOf(reading.run, [...reading.pipes, ...use.args], use.at);
  refuse(reading, refuses ? { refuses } : {}, use.at);
}

function itemType(type: TypeExpr | undefined): TypeExpr | undefined {
  if (type?.k === 'array') return type.item;
  return type?.k === 'ref' && type.name === 'Array' ? type.args[0] : undefined;
}
