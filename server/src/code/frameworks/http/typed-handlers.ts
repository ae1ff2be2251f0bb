/** What the written types of an Express handler say of its request and its response: of what is not seen, their word counts. */

import type { Field, Shape } from '../../../contract/shape.ts';
import type { Span } from '../../../contract/span.ts';
import type { TypeExpr } from '../../program/program.ts';
import type { Run } from '../../evaluate/run.ts';
import type { FunctionValue, WrittenType } from '../../evaluate/values.ts';
import { memberOf } from '../../evaluate/written.ts';
import { shapeOfType } from '../../shapes/types.ts';
import { everywhere } from '../../shapes/validators/schema.ts';

/** A property of the body as a type has it. */
export interface TypedMember {
  readonly type: WrittenType;
  readonly shape: Shape;
}

/** `res: Response<User>`, `RequestHandler<Params, User>`. */
export function sentType(handler: FunctionValue): WrittenType | undefined {
  const { fn, scope } = handler;
  const isOfErrors = fn.params.length === 4;
  return argument(fn.params[isOfErrors ? 2 : 1]?.type, /(?:^|\.)Response$/, 0, scope) ?? said(handler, 1);
}

/** `req: Request<Params, Sent, NewUser>`, `RequestHandler<Params, Sent, NewUser>`: the properties of its body. */
export function typedBody(
  run: Run,
  handler: FunctionValue,
): ((name: string, at: Span) => TypedMember | undefined) | undefined {
  const { fn, scope } = handler;
  const isOfErrors = fn.params.length === 4;
  const body =
    argument(fn.params[isOfErrors ? 1 : 0]?.type, /(?:^|\.)Request$/, 2, scope) ?? said(handler, 2);
  if (!body || body.type.k === 'kw') return undefined;
  return (name, at) => {
    const type = memberOf(body, name);
    const shape = shapeOfType(run, type.type, type.scope, at);
    return shape.kind === 'unknown' ? undefined : { type, shape: asTaken(shape) };
  };
}

function said({ says }: FunctionValue, index: number): WrittenType | undefined {
  return says && argument(says.type, /Handler$/, index, says.scope);
}

function argument(
  type: TypeExpr | undefined,
  name: RegExp,
  index: number,
  scope: WrittenType['scope'],
): WrittenType | undefined {
  const given = type?.k === 'ref' && name.test(type.name) ? type.args[index] : undefined;
  return given && { type: given, scope };
}

/** Nothing is refused by a type, and what is handed on whole may be asked for more than it lists. */
function asTaken(shape: Shape): Shape {
  return everywhere(shape, (one): Shape => {
    if (one.kind !== 'object') return one;
    const fields = Object.entries(one.fields).map(([name, field]): [string, Field] => [
      name,
      { shape: field.shape, at: field.at },
    ]);
    return {
      kind: 'object',
      fields: Object.fromEntries(fields),
      open: true,
      ...(one.rest && { rest: one.rest }),
    };
  });
}
