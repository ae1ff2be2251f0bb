/** What a client gets when the method of a controller returns. */

import type { Evidence } from '../../../contract/knowledge.ts';
import type { Shape } from '../../../contract/shape.ts';
import type { Span } from '../../../contract/span.ts';
import { read, type Run } from '../../evaluate/run.ts';
import { alternatives, isNothing, union } from '../../evaluate/alternatives.ts';
import { fixedText } from '../../evaluate/text-parts.ts';
import type { Value } from '../../evaluate/values.ts';
import type { TypeExpr } from '../../program/program.ts';
import { alternativesOf } from '../../shapes/algebra.ts';
import { jsonOf, shapeOfValue } from '../../shapes/values.ts';
import type { Exchange } from '../http/exchange.ts';
import { answersTo } from '../http/handlers.ts';
import { headersSet, namedHeader, type SentHeader } from '../http/headers.ts';
import { mediaTypeOfShape } from '../http/media-type.ts';
import type { DecoratedApp } from './app.ts';
import { packageError } from './model.ts';
import type { ReadMethod } from './handler.ts';
import { findUse, statusOf, type Use } from './uses.ts';

interface Answer {
  readonly run: Run;
  readonly app: DecoratedApp;
  readonly method: ReadMethod;
  readonly exchange: Exchange;
  readonly at: Span;
}

/** What a method returns is the answer, unless it answered through the response itself. */
export function recordAnswer(answer: Answer, returned: Value): void {
  const { exchange, method } = answer;
  if (exchange.outputs.some(({ status }) => status === undefined || status < 400)) return;
  const all = alternatives(isVoid(method.member.fn.returns) ? { t: 'undefined' } : returned);
  const bodies = all.filter((one) => !isNothing(one));
  if (findUse(method.controller.package, method.uses, 'Redirect')) {
    redirect(answer);
    return;
  }
  if (bodies.length > 0) sendBody(answer, union(bodies));
  // Beside bodies it may be the end of a method that is never reached; beside those of which nobody knows the status it says nothing.
  const isEnd = bodies.length > 0;
  const isAlone = isEnd && !exchange.outputs.some(({ status }) => status !== undefined && status < 400);
  if (!isAlone && all.some(({ t }) => t === 'undefined')) sendNothing(answer, 'undefined', isEnd);
  if (all.some(({ t }) => t === 'null')) sendNothing(answer, 'null', false);
  for (const [name, what] of whatIsMissing)
    if (useFor(answer, name) && bodies.some((one) => mayBeMissing(answer, one, what)))
      sendNothing(answer, what, true);
}

const whatIsMissing = [
  ['OnUndefined', 'undefined'],
  ['OnNull', 'null'],
] as const;

/** `@OnUndefined(404)` of the method or its controller. */
function useFor({ method }: Answer, name: string): Use | undefined {
  const { package: from } = method.controller;
  return from.name === 'routing-controllers'
    ? findUse(from, [...method.uses, ...method.controller.uses], name)
    : undefined;
}

/** What is not known may be nothing too, unless a type says otherwise. */
function mayBeMissing({ run, at }: Answer, body: Value, what: 'undefined' | 'null'): boolean {
  if (body.t !== 'unknown' && body.t !== 'external') return false;
  const { shape, optional } = jsonOf(run, body, at);
  if (!shape || shape.kind === 'unknown') return true;
  if (what === 'undefined') return optional === true;
  return alternativesOf(shape).some(({ kind }) => kind === 'null');
}

function isVoid(type: TypeExpr | undefined): boolean {
  if (type?.k === 'ref' && type.name === 'Promise') return isVoid(type.args[0]);
  return type?.k === 'kw' && type.name === 'void';
}

/** Is this a type, and none of which nothing is known? */
function saysSomething(type: TypeExpr | undefined): boolean {
  if (type?.k === 'ref' && type.name === 'Promise') return saysSomething(type.args[0]);
  return type !== undefined && !(type.k === 'kw' && (type.name === 'any' || type.name === 'unknown'));
}

/** Express sends 302, whatever was set before. */
function redirect({ exchange, method, at }: Answer): void {
  const use = findUse(method.controller.package, method.uses, 'Redirect');
  exchange.outputs.push({ status: 302, mediaType: 'none', at: use?.at ?? at, evidence: 'declared' });
}

function sendBody(answer: Answer, body: Value): void {
  const { run, exchange, method, at } = answer;
  const isRewritten = method.uses.some(({ name }) => /Interceptor$/.test(name));
  const shape = isRewritten ? undefined : shapeOfValue(run, body, at);
  // tsoa sends 204 where there is nothing, and of a value that nobody knows nobody can tell.
  const isTold =
    method.controller.package.name !== 'tsoa' ||
    shape?.kind !== 'unknown' ||
    saysSomething(method.member.fn.returns);
  const { statuses, said, evidence } = statusesOf(answer, isTold ? 200 : undefined);
  for (const status of statuses) {
    if (status === undefined) exchange.outputGaps.push({ why: 'dynamic', what: 'status of an answer', at });
    else
      exchange.outputs.push({
        status,
        mediaType: mediaTypeOf(answer, shape),
        ...(shape && { shape }),
        headers: [...headersSet(run, exchange), ...declaredHeaders(method)],
        at: said?.at ?? at,
        evidence,
      });
  }
}

/** `@Header('X-Total-Count', …)` and `@Location(…)` of routing-controllers. */
function declaredHeaders({ controller, uses }: ReadMethod): readonly SentHeader[] {
  if (controller.package.name !== 'routing-controllers') return [];
  return uses.flatMap(({ name, args: [first], module, at }) => {
    if (!controller.package.modules.includes(module)) return [];
    return namedHeader(
      name === 'Header' ? first && fixedText(first) : name === 'Location' ? name : undefined,
      at,
    );
  });
}

/** routing-controllers takes nothing for something that is not there; tsoa sends an empty answer. */
function sendNothing(answer: Answer, what: 'undefined' | 'null', isGuess: boolean): void {
  const { run, app, exchange, method, at } = answer;
  const { package: from } = method.controller;
  if (from.name !== 'routing-controllers') {
    const { statuses, said, evidence } = statusesOf(answer, from.name === 'tsoa' ? 204 : 200);
    for (const status of statuses)
      exchange.outputs.push({
        status,
        mediaType: 'none',
        at: said?.at ?? at,
        evidence: isGuess ? 'guessed' : evidence,
      });
    return;
  }
  const use = useFor(answer, what === 'undefined' ? 'OnUndefined' : 'OnNull');
  const [given] = use?.args ?? [];
  const status = statusOf(given) ?? (what === 'null' && !given ? 204 : undefined);
  if (status !== undefined) {
    exchange.outputs.push({
      status,
      mediaType: 'none',
      at: use?.at ?? at,
      evidence: use ? 'declared' : 'inferred',
    });
    return;
  }
  const error =
    given ??
    packageError({ t: 'external', module: 'routing-controllers', path: ['NotFoundError'], at }, [], {
      at,
      file: at.file,
    });
  for (const output of answersTo(run, error, at, app.errors, exchange.errorAnswer))
    exchange.outputs.push({ ...output, at, evidence: 'guessed' });
}

/** The status that was set while the method ran, else the declared one, else the usual. */
function statusesOf(
  { run, exchange, method }: Answer,
  usual: number | undefined,
): {
  readonly statuses: readonly (number | undefined)[];
  readonly said: Use | undefined;
  readonly evidence: Evidence;
} {
  const { package: from } = method.controller;
  const said = findUse(from, method.uses, from.status);
  const declared = statusOf(said?.args[0]);
  const set = alternatives(read(run, exchange.status));
  // routing-controllers sets the declared status last, tsoa first.
  const wins = from.name === 'routing-controllers' && declared !== undefined;
  const statuses = wins
    ? [declared]
    : set.map((one) => (one.t === 'undefined' ? (declared ?? usual) : statusOf(one)));
  // What inversify's results and interceptors do to it is not read.
  const evidence = said ? 'declared' : from.name === 'inversify-express-utils' ? 'guessed' : 'inferred';
  return { statuses: [...new Set(statuses)], said, evidence };
}

function mediaTypeOf({ run, exchange, method }: Answer, shape: Shape | undefined): string | undefined {
  const { package: from, use } = method.controller;
  const all = [...method.uses, ...method.controller.uses];
  const set = read(run, exchange.mediaType);
  const header = all.find(
    ({ name, args, module }) =>
      name === 'Header' &&
      from.modules.includes(module) &&
      args[0] &&
      fixedText(args[0])?.toLowerCase() === 'content-type',
  );
  const said =
    set.t !== 'undefined'
      ? set
      : (header?.args[1] ?? (findUse(from, all, 'ContentType') ?? findUse(from, all, 'Produces'))?.args[0]);
  if (said) return fixedText(said)?.split(';')[0]?.trim().toLowerCase();
  if (findUse(from, all, 'Render')) return 'text/html';
  return from.controllers[use.name] ?? mediaTypeOfShape(run, shape, 'text/html');
}
