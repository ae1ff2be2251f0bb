/** Parameters of a method: what each decorator reads of the request, and the value that the method gets for it. */

import type { Field, Shape } from '../../../contract/shape.ts';
import type { Span } from '../../../contract/span.ts';
import { evaluate } from '../../evaluate/expressions.ts';
import { paramName } from '../../evaluate/look.ts';
import { neverValue, type Run } from '../../evaluate/run.ts';
import { fixedText, scalarOf } from '../../evaluate/text-parts.ts';
import { dynamic, native, type Value, type Wire } from '../../evaluate/values.ts';
import type { Param } from '../../program/program.ts';
import { withDocLimits } from '../../shapes/doc-limits.ts';
import { allowsMissing, shapeOfType } from '../../shapes/types.ts';
import { shapeOfValue } from '../../shapes/values.ts';
import { missInputs, type Exchange, type InputPlace } from '../http/exchange.ts';
import type { BodyDraft } from '../classes/bodies.ts';
import type { Validation } from '../classes/class-validator.ts';
import { option, textOption } from '../classes/decorators.ts';
import { fieldsOfType, shapeOfDto, type DtoReading } from '../classes/dto.ts';
import type { DecoratedApp } from './app.ts';
import type { DecoratedWorld } from './model.ts';
import type { InputKind } from './packages.ts';
import { findUse, statusOf, usesOf, type Controller, type Use } from './uses.ts';

export interface ParameterReading {
  readonly run: Run;
  readonly world: DecoratedWorld;
  readonly app: DecoratedApp;
  readonly controller: Controller;
  readonly exchange: Exchange;
  readonly body: BodyDraft;
  readonly models: Readonly<Record<'request' | 'response' | 'next', Value>>;
  /** Parameters that may be refused: where they stand. */
  readonly refused: Span[];
}

const places: Partial<Record<InputKind, InputPlace>> = {
  query: 'query',
  path: 'path',
  header: 'header',
  cookie: 'cookie',
  queries: 'query',
  paths: 'path',
  headers: 'header',
  cookies: 'cookie',
};

export function argumentOf(reading: ParameterReading, param: Param): Value {
  const { run, world, controller, exchange, models } = reading;
  const { cls, package: from } = controller;
  const { scope } = cls;
  const at: Span = { file: scope.file, start: param.s, end: param.e };
  const uses = usesOf(run, world, param.decorators ?? [], scope);
  const use = uses.find(({ name, module }) => from.modules.includes(module) && name in from.inputs);
  const value: Value = {
    ...dynamic(`parameter ${paramName(param) ?? ''}`.trim(), at),
    ...(param.type && { type: { type: param.type, scope } }),
  };
  const kind = use && from.inputs[use.name];
  if (!use || !kind) return value;
  const hidden = findUse(from, uses, from.hidden);
  if (hidden) {
    exchange.inputGaps.push({ why: 'unsupported', construct: `@${hidden.name}()`, at });
    return value;
  }
  switch (kind) {
    case 'request':
    case 'response':
    case 'next':
      return models[kind];
    case 'sender':
      return sender(run, exchange, use);
    case 'body':
      readBody(reading, param, use, at);
      return value;
    case 'file':
    case 'files':
      readFile(reading, param, use, kind, at);
      return value;
    case 'field':
      readField(reading, param, use, at);
      return value;
    case 'queries':
    case 'paths':
    case 'headers':
    case 'cookies':
      readInputs(reading, param, use, places[kind] ?? 'query', at);
      return value;
    default:
      readInput(reading, param, use, places[kind] ?? 'query', at);
      return value;
  }
}

/** `@Res() notFound: TsoaResponse<404, Reason>`: `notFound(404, reason)` answers, and the method is done. */
function sender(run: Run, exchange: Exchange, use: Use): Value {
  return native('response', ([status, body], site) => {
    const sent = statusOf(status);
    const place = site.name ?? site.at;
    if (sent === undefined) exchange.outputGaps.push({ why: 'dynamic', what: 'computed status', at: place });
    else
      exchange.outputs.push({
        status: sent,
        mediaType: body && body.t !== 'undefined' ? 'application/json' : 'none',
        ...(body && body.t !== 'undefined' && { shape: shapeOfValue(run, body, use.at) }),
        at: place,
        evidence: 'inferred',
      });
    return neverValue;
  });
}

/** Must it be there? routing-controllers says so in options, tsoa by the type; undefined where nobody says. */
function isRequired({ app, controller }: ParameterReading, param: Param, use: Use): boolean | undefined {
  const given = option(use.args.at(-1), 'required');
  switch (controller.package.name) {
    case 'tsoa':
      return !(param.optional === true || param.to.k === 'dflt' || allowsMissing(param.type));
    case 'routing-controllers':
      return given?.t === 'boolean' ? given.value : given ? undefined : app.requires;
    default:
      return given?.t === 'boolean' ? given.value : undefined;
  }
}

function nameOf({ controller }: ParameterReading, param: Param, use: Use): string | undefined {
  const [first] = use.args;
  const given = (first && fixedText(first)) ?? textOption(first, 'name');
  // Only tsoa takes the name of the parameter.
  return given ?? (controller.package.name === 'tsoa' ? paramName(param) : undefined);
}

function readInput(reading: ParameterReading, param: Param, use: Use, place: InputPlace, at: Span): void {
  const { run, controller, exchange, refused } = reading;
  const name = nameOf(reading, param, use);
  if (name === undefined) {
    missInputs(exchange, { why: 'dynamic', what: `name of @${use.name}()`, at }, place);
    return;
  }
  const required = place === 'path' ? true : isRequired(reading, param, use);
  const shape = shapeOfParam(reading, param, at);
  const isChecked = controller.package.name === 'tsoa' && shape !== undefined;
  const isNeeded = required === true && place !== 'path';
  if (isChecked || isNeeded || shape?.kind === 'number') refused.push(use.at);
  const isEnforced = isChecked || (isNeeded && refusesMissing(controller, shape));
  if (place === 'path') exchange.pathReads.push({ name, at });
  exchange.inputs.push({
    in: place,
    name: place === 'header' ? name.toLowerCase() : name,
    at,
    evidence: 'declared',
    ...(shape && { shape }),
    ...(required !== undefined && { required }),
    default: param.to.k === 'dflt' ? scalarOf(evaluate(run, param.to.v, controller.cls.scope)) : undefined,
    ...(isEnforced && { enforced: true }),
  });
}

/** What its type and the comment of the method say; undefined where no type is written. */
function shapeOfParam({ run, controller }: ParameterReading, param: Param, at: Span): Shape | undefined {
  return param.type && withDocLimits(run, shapeOfType(run, param.type, controller.cls.scope, at), param.tags);
}

/** routing-controllers looks whether it is there and whether a number is one; which values a type lists it does not know. */
function refusesMissing({ package: from }: Controller, shape: Shape | undefined): boolean {
  return (
    from.name === 'routing-controllers' &&
    (shape?.kind === 'string' || shape?.kind === 'number') &&
    shape.values === undefined
  );
}

/** `@QueryParams() query: BookQuery`: the inputs are the fields of the type. */
function readInputs(reading: ParameterReading, param: Param, use: Use, place: InputPlace, at: Span): void {
  const { controller, exchange, refused } = reading;
  const found = fieldsOfType(readingOf(reading, use, 'text', at), param.type, controller.cls.scope);
  const isChecked = found?.checked === true || controller.package.name === 'tsoa';
  if (isChecked) refused.push(use.at);
  if (place === 'path') exchange.readsPathWhole = true;
  if (place === 'query' || place === 'path')
    for (const gap of found?.gaps ?? [{ why: 'dynamic', what: 'type of an object', at } as const])
      missInputs(exchange, gap, place);
  for (const [name, where] of found?.dropped ?? []) exchange.dropped.push({ in: place, name, at: where });
  for (const [name, { shape, required, default: initial, at: where }] of found?.fields ?? [])
    exchange.inputs.push({
      in: place,
      name: place === 'header' ? name.toLowerCase() : name,
      at: where,
      evidence: 'declared',
      shape,
      ...(required !== undefined && { required }),
      default: initial,
      ...(isChecked && { enforced: true }),
    });
}

function readBody(reading: ParameterReading, param: Param, use: Use, at: Span): void {
  const { run, controller, body, exchange, refused } = reading;
  const { scope } = controller.cls;
  body.at ??= at;
  if (controller.package.name === 'inversify-express-utils' || !param.type) {
    body.open = true;
    exchange.bodyOpen = true;
    return;
  }
  const required = isRequired(reading, param, use);
  // tsoa checks written types.
  const isChecked = controller.package.name === 'tsoa';
  if (isChecked) {
    body.checked = true;
    refused.push(use.at);
  }
  const dto = readingOf(reading, use, 'json', at);
  const found = fieldsOfType(dto, param.type, scope);
  if (!found) {
    body.whole = withDocLimits(run, shapeOfDto(dto, param.type, scope), param.tags);
    if (required !== undefined) body.required = required;
    return;
  }
  for (const [name, field] of found.fields) body.fields.set(name, field);
  body.gaps.push(...found.gaps);
  if (found.strict) body.strict = true;
  if (found.checked) body.checked = true;
  if (found.checked || required === true) refused.push(use.at);
  const hasRequired = [...found.fields.values()].some((field) => field.required === true);
  if (required === true || (found.checked && hasRequired && !isChecked)) body.required = true;
  else if (required === false) body.required = false;
}

function readField(reading: ParameterReading, param: Param, use: Use, at: Span): void {
  const { run, controller, body, refused } = reading;
  const name = nameOf(reading, param, use);
  body.at ??= at;
  if (use.name === 'FormField') body.upload ??= at;
  if (name === undefined) {
    body.open = true;
    return;
  }
  const required = isRequired(reading, param, use);
  const shape = withDocLimits(run, shapeOfType(run, param.type, controller.cls.scope, at), param.tags);
  const field: Field = { shape, ...(required !== undefined && { required }), at };
  body.fields.set(name, field);
  if (required === true) body.required = true;
  if (required === true || controller.package.name === 'tsoa') refused.push(use.at);
}

function readFile(reading: ParameterReading, param: Param, use: Use, kind: 'file' | 'files', at: Span): void {
  const { body, refused } = reading;
  const name = nameOf(reading, param, use);
  body.at ??= at;
  body.upload ??= at;
  if (name === undefined) {
    body.open = true;
    return;
  }
  const required = isRequired(reading, param, use);
  body.fields.set(name, {
    shape: kind === 'file' ? { kind: 'binary' } : { kind: 'array', items: { kind: 'binary' } },
    ...(required !== undefined && { required }),
    at,
  });
  if (required === true) {
    body.required = true;
    refused.push(use.at);
  }
}

function readingOf(
  { run, world, app, controller }: ParameterReading,
  use: Use,
  wire: Wire,
  at: Span,
): DtoReading {
  return { run, world: world.decorators, at, wire, validation: validationOf(app, controller, use, wire) };
}

/** What is checked of a class: `@Body({ validate: false })` and options of its own say more than those of the server. */
function validationOf(
  { validation }: DecoratedApp,
  { package: from }: Controller,
  use: Use,
  wire: Wire,
): Validation | undefined {
  if (from.name !== 'routing-controllers') return undefined;
  const own = option(use.args.at(-1), 'validate');
  if (own && !(own.t === 'boolean' && own.value)) return undefined;
  // Texts of a query are converted by the written types.
  return validation && { ...validation, converts: validation.converts || wire === 'text' };
}
