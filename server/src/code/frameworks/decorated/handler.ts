/** A method of a controller as a handler: what its parameters read, what it refuses, what it returns. */

import type { Span } from '../../../contract/span.ts';
import { callFunction } from '../../evaluate/calls.ts';
import { paramName } from '../../evaluate/look.ts';
import { singleton } from '../../evaluate/classes.ts';
import { methodValue } from '../../evaluate/members.ts';
import { neverValue, type Run } from '../../evaluate/run.ts';
import { dynamic, fixedText, type Value } from '../../evaluate/values.ts';
import type { Member, Param } from '../../program/program.ts';
import { shapeOfValue } from '../../shapes/values.ts';
import { createExchange, type Exchange } from '../http/exchange.ts';
import { evaluateBounded, externalHandler, runMiddleware, type HandlerFacts } from '../http/handlers.ts';
import { requestModel } from '../http/request.ts';
import { nextModel, responseModel } from '../http/response.ts';
import { asConfigured } from '../http/security-names.ts';
import type { InputKind } from './packages.ts';
import { usesOf, type Controller, type Use } from './uses.ts';

export type Method = Extract<Member, { k: 'method' | 'get' | 'set' | 'ctor' }>;

export interface ReadMethod {
  readonly controller: Controller;
  readonly member: Method;
  readonly name: string;
  readonly use: Use;
  readonly uses: readonly Use[];
}

export function readMethod(run: Run, { controller, member, name, uses }: ReadMethod): HandlerFacts {
  const { cls } = controller;
  const at: Span = { file: cls.scope.file, start: member.ns, end: member.ne };
  const exchange = createExchange();
  exchange.home = { file: cls.scope.file, start: member.s, end: member.e };
  const models: Partial<Record<InputKind, Value>> = {
    request: requestModel(exchange),
    response: responseModel(run, exchange),
    next: nextModel(run, exchange),
  };
  evaluateBounded(run, exchange, [], at, () => {
    const args = member.fn.params.map((param) => argumentOf(run, controller, exchange, models, param));
    const site = { at, file: cls.scope.file };
    const method = methodValue(cls, { ...member, k: 'method' }, singleton(run, cls, site));
    const value = callFunction(run, method, args, site);
    if (value !== neverValue) recordAnswer(run, controller, uses, exchange, value, at);
  });
  return asConfigured(run, { exchange, name: `${cls.decl.name ?? 'Controller'}.${name}`, at, passes: false });
}

function argumentOf(
  run: Run,
  { cls, package: from }: Controller,
  exchange: Exchange,
  models: Partial<Record<InputKind, Value>>,
  param: Param,
): Value {
  const at: Span = { file: cls.scope.file, start: param.s, end: param.e };
  const use = usesOf(run, param.decorators ?? [], cls.scope).find(({ name }) => name in from.inputs);
  const kind = use && from.inputs[use.name];
  const value = dynamic('an input', at);
  if (!use || !kind) return value;
  const [first, options] = use.value.args ?? [];
  const name = (first && fixedText(first)) ?? paramName(param);
  switch (kind) {
    case 'request':
    case 'response':
    case 'next':
      return models[kind] ?? value;
    case 'body':
      exchange.bodyAt ??= at;
      exchange.bodyOpen = true;
      return value;
    case 'file':
      exchange.bodyAt ??= at;
      exchange.bodyOpen = true;
      exchange.bodyMediaTypes.push({ mediaType: 'multipart/form-data', at });
      return value;
    case 'field':
      exchange.bodyAt ??= at;
      if (name === undefined) exchange.bodyOpen = true;
      else exchange.bodyFields.push({ name, at });
      return value;
    case 'inputs':
      exchange.inputGaps.push({ why: 'dynamic', what: `properties of @${use.name}()`, at });
      return value;
    default: {
      if (name === undefined) {
        exchange.inputGaps.push({ why: 'dynamic', what: `name of @${use.name}()`, at });
        return value;
      }
      const required = options?.t === 'object' ? options.props.get('required')?.value : undefined;
      if (kind === 'path') exchange.pathReads.push({ name, at });
      exchange.inputs.push({
        in: kind,
        name: kind === 'header' ? name.toLowerCase() : name,
        at,
        evidence: 'declared',
        ...(required?.t === 'boolean' && { required: required.value }),
      });
      return value;
    }
  }
}

/** What a method returns is the answer, unless it answered through the response itself. */
function recordAnswer(
  run: Run,
  { package: from, use }: Controller,
  uses: readonly Use[],
  exchange: Exchange,
  body: Value,
  at: Span,
): void {
  if (exchange.outputs.some(({ status }) => status === undefined || status < 400)) return;
  const said = uses.find(({ name }) => name === from.status);
  const [first] = said?.value.args ?? [];
  const given = first?.t === 'number' ? first.value : first ? Number(fixedText(first) ?? Number.NaN) : 200;
  const isRewritten = uses.some(({ name }) => /Interceptor$/.test(name));
  exchange.outputs.push({
    status: Number.isInteger(given) ? given : undefined,
    mediaType: from.controllers[use.name],
    ...(body.t !== 'undefined' && !isRewritten && { shape: shapeOfValue(run, body, at) }),
    at: said?.at ?? at,
    // `this.setStatus()`, a result object or an empty result may change it.
    evidence: said ? 'declared' : 'guessed',
  });
}

/** Guards and middlewares that decorators put in front: `@Authorized()`, `@Security('jwt')`, `@UseBefore(log)`. */
export function inFrontOfMethod(run: Run, { controller, uses, use }: ReadMethod): readonly HandlerFacts[] {
  const { package: from } = controller;
  const all = [...controller.uses, ...uses];
  const guards = all
    .filter(({ name }) => name === from.guard)
    .map(({ name, value, at }): HandlerFacts => {
      const exchange = createExchange();
      exchange.outputs.push({ status: 401, mediaType: undefined, at, evidence: 'guessed' });
      const [scheme] = value.args ?? [];
      // The argument of `@Security()` is a scheme, that of `@Authorized()` a role.
      const named = (from.guard === 'Security' && scheme && fixedText(scheme)) || name;
      return {
        exchange,
        name: named,
        at,
        passes: true,
        guard: { evidence: 'declared', name: named, scopes: [] },
      };
    });
  const listed = [
    ...all
      .filter(({ name }) => name === 'UseBefore' || name === 'Middlewares')
      .flatMap(({ value }) => value.args ?? []),
    ...(from.prefix === 'rootPath'
      ? [...(controller.use.value.args ?? []).slice(1), ...(use.value.args ?? []).slice(1)]
      : []),
  ];
  return [...guards, ...listed.map((one) => middlewareFacts(run, one, use.at))].map((one) =>
    asConfigured(run, one),
  );
}

function middlewareFacts(run: Run, value: Value, at: Span): HandlerFacts {
  if (value.t === 'function') return runMiddleware(run, value, []);
  if (value.t === 'external' && value.args) return externalHandler(run, value, []);
  const exchange = createExchange();
  const gap = { why: 'unsupported', construct: 'middleware of a controller', at } as const;
  exchange.outputGaps.push(gap);
  return { exchange, name: 'middleware', at, passes: true, gap };
}
