/** What a client gets when the method of a controller returns. */

import type { Shape } from '../../../contract/shape.ts';
import type { Span } from '../../../contract/span.ts';
import { hasNoContent } from '../../../contract/statuses.ts';
import type { TypeExpr } from '../../program/program.ts';
import { lookup } from '../../evaluate/scopes.ts';
import { read, type Run } from '../../evaluate/run.ts';
import { alternatives } from '../../evaluate/alternatives.ts';
import { fixedText } from '../../evaluate/text-parts.ts';
import { number, type Scope, type Value } from '../../evaluate/values.ts';
import type { Exchange, SentOutput } from '../http/exchange.ts';
import { headersSet, namedHeader, type SentHeader } from '../http/headers.ts';
import { mediaTypeOfShape } from '../http/media-type.ts';
import type { ControllerRoute } from './controllers.ts';
import { option, type DecoratorUse } from '../classes/decorators.ts';
import { findUse } from './decorators.ts';
import type { NestApp } from './world.ts';
import { unionOf } from '../../shapes/algebra.ts';
import { enumShape } from '../../shapes/constants.ts';
import { shapeOfValue } from '../../shapes/values.ts';

const redirectStatus = 302;

/** The status that Nest sets before the method runs, and where it says so. */
export function initialStatus(route: ControllerRoute): {
  readonly value: Value;
  readonly use: DecoratorUse | undefined;
} {
  const code = findUse(route.uses, 'HttpCode');
  if (code?.args[0]) return { value: code.args[0], use: code };
  return { value: number(route.method === 'POST' ? 201 : 200), use: undefined };
}

/** Does the method answer through `@Res()` or `@Next()` alone? */
export function answersItself(paramUses: readonly (readonly DecoratorUse[])[]): boolean {
  return paramUses.flat().some(({ name, args, module }) => {
    if (module !== '@nestjs/common') return false;
    if (name === 'Next') return true;
    if (name !== 'Res' && name !== 'Response') return false;
    const passthrough = args[0]?.t === 'object' ? args[0].props.get('passthrough')?.value : undefined;
    return !(passthrough?.t === 'boolean' && passthrough.value);
  });
}

export function recordAnswer(
  run: Run,
  exchange: Exchange,
  route: ControllerRoute,
  app: NestApp | undefined,
  returned: Value,
  /** What interceptors make of it, and what a schema lets out of it. */
  answer: { readonly value: Value; readonly serialised: Shape | undefined },
): void {
  const redirect = findUse(route.uses, 'Redirect');
  const { use } = initialStatus(route);
  const at = redirect?.at ?? use?.at ?? route.use.at;
  const evidence = redirect || use ? 'declared' : 'inferred';
  if (redirect) {
    // What the method returns may name another status than the decorator.
    for (const one of alternatives(returned)) {
      const status = option(one, 'statusCode') ?? redirect.args[1];
      if (status?.t === 'unknown' || status?.t === 'union')
        exchange.outputGaps.push({ why: 'dynamic', what: 'status of a redirect', at });
      else
        exchange.outputs.push({
          status: status?.t === 'number' ? status.value : redirectStatus,
          mediaType: 'none',
          at,
          evidence,
        });
    }
    return;
  }
  const shape = answer.serialised ?? shapeOfAnswer(run, route, answer.value, at);
  const statuses = alternatives(read(run, exchange.status));
  for (const status of statuses) {
    if (status.t !== 'number') exchange.outputGaps.push({ why: 'dynamic', what: 'status of an answer', at });
    else
      exchange.outputs.push({
        status: status.value,
        ...(shape && { shape }),
        evidence,
        headers: [...headersSet(run, exchange), ...declaredHeaders(route)],
        at: status.at && within(status.at, route) ? status.at : at,
        ...mediaTypeOf(run, exchange, route, app, { returned, answer: answer.value }, status.value, shape),
      });
  }
}

/** Undefined for an empty body, and where something else than the method decides about it. */
function shapeOfAnswer(run: Run, { uses, sse }: ControllerRoute, answer: Value, at: Span): Shape | undefined {
  const isDecided =
    sse || findUse(uses, 'Render') !== undefined || findUse(uses, 'SerializeOptions') !== undefined;
  if (isDecided || answer.t === 'undefined') return undefined;
  const shape = shapeOfValue(run, answer, at);
  // Nest sends nothing for `null`.
  return shape.kind === 'union' ? unionOf(shape.of.filter(({ kind }) => kind !== 'null')) : shape;
}

function within(at: Span, { home, member }: ControllerRoute): boolean {
  return at.file === home.scope.file && at.start >= member.s && at.end <= member.e;
}

/** `@Header('X-Total-Count', …)` */
function declaredHeaders({ uses }: ControllerRoute): readonly SentHeader[] {
  return uses.flatMap(({ name, args: [first], module, at }) =>
    namedHeader(name === 'Header' && module === '@nestjs/common' ? first && fixedText(first) : undefined, at),
  );
}

function mediaTypeOf(
  run: Run,
  exchange: Exchange,
  route: ControllerRoute,
  app: NestApp | undefined,
  { returned, answer }: { readonly returned: Value; readonly answer: Value },
  status: number,
  shape: Shape | undefined,
): Pick<SentOutput, 'mediaType'> {
  if (hasNoContent(status)) return { mediaType: 'none' };
  if (route.sse) return { mediaType: 'text/event-stream' };
  if (findUse(route.uses, 'Render')) return { mediaType: 'text/html' };
  const header = route.uses.find(
    ({ name, args, module }) =>
      name === 'Header' &&
      module === '@nestjs/common' &&
      args[0] &&
      fixedText(args[0])?.toLowerCase() === 'content-type',
  );
  const set =
    header?.args[1] ??
    (read(run, exchange.mediaType).t === 'undefined' ? undefined : read(run, exchange.mediaType));
  if (set) return { mediaType: fixedText(set)?.split(';')[0]?.trim().toLowerCase() };
  const plain = app?.adapter === 'fastify' ? 'text/plain' : 'text/html';
  const kinds = new Set(alternatives(answer).map((one) => kindOf(one, plain)));
  const declared =
    answer === returned ? typeKind(run, route.member.fn.returns, route.home.scope, plain) : undefined;
  if (declared !== undefined) return { mediaType: declared };
  const [only] = kinds;
  return { mediaType: (kinds.size === 1 ? only : undefined) ?? mediaTypeOfShape(run, shape, plain) };
}

function kindOf(value: Value, plain: string): string | undefined {
  switch (value.t) {
    case 'object':
    case 'array':
    case 'boolean':
      return 'application/json';
    case 'text':
    case 'number':
      return plain;
    case 'undefined':
    case 'null':
      return 'none';
    case 'external':
      return value.path.at(-1) === 'StreamableFile' ? 'application/octet-stream' : undefined;
    default:
      return undefined;
  }
}

/** What the written return type says; undefined where it leaves a choice. */
function typeKind(run: Run, type: TypeExpr | undefined, scope: Scope, plain: string): string | undefined {
  switch (type?.k) {
    case 'kw':
      if (type.name === 'void') return 'none';
      if (type.name === 'boolean') return 'application/json';
      return type.name === 'string' || type.name === 'number' ? plain : undefined;
    case 'array':
    case 'tuple':
    case 'obj':
      return 'application/json';
    case 'ref': {
      if (/^(?:Promise|Observable)$/.test(type.name)) return typeKind(run, type.args[0], scope, plain);
      if (/^(?:Array|ReadonlyArray|Record|Partial|Pick|Omit)$/.test(type.name)) return 'application/json';
      if (type.name === 'StreamableFile') return 'application/octet-stream';
      const named = type.name.includes('.') ? undefined : lookup(run, type.name, scope);
      if (named?.t === 'class') return 'application/json';
      return named && enumShape(run, named)?.kind === 'string' ? plain : undefined;
    }
    default:
      return undefined;
  }
}
