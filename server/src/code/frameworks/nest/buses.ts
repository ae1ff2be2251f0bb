/** Buses of @nestjs/cqrs: a command or query goes to the provider whose decorator names its class. */

import { callFunction } from '../../evaluate/calls.ts';
import { singleton } from '../../evaluate/classes.ts';
import { instanceMember } from '../../evaluate/class-members.ts';
import { placeIn, type Run } from '../../evaluate/run.ts';
import { alternatives, union } from '../../evaluate/alternatives.ts';
import { dynamic, model, native, type ClassValue, type Site, type Value } from '../../evaluate/values.ts';
import { classUses, packageOf } from '../classes/decorators.ts';
import type { NestWorld } from './world.ts';

const cqrs = '@nestjs/cqrs';

const handlers: Readonly<Record<string, string>> = { CommandBus: 'CommandHandler', QueryBus: 'QueryHandler' };

/** Undefined where it is no bus, or one that nobody waits for. */
export function busOf(
  run: Run,
  world: NestWorld,
  module: string,
  path: readonly string[],
): Value | undefined {
  const decorator = packageOf(module) === cqrs ? handlers[path.join('.')] : undefined;
  if (decorator === undefined) return undefined;
  return model({
    kind: 'nest-bus',
    get: (member) =>
      native(member, ([message], site) =>
        member === 'execute' && message
          ? union(alternatives(message).map((one) => executed(run, world, decorator, one, site)))
          : dynamic(member, site.at),
      ),
  });
}

function executed(run: Run, world: NestWorld, decorator: string, message: Value, site: Site): Value {
  const cls = message.t === 'object' ? message.cls : undefined;
  const handler = cls?.t === 'class' ? handlerOf(run, world, decorator, cls) : undefined;
  const instance = handler && singleton(run, handler, site);
  const method = handler && instance && instanceMember(run, handler, 'execute', instance, site);
  if (method?.t === 'function') return callFunction(run, method, [message], site);
  const unread = dynamic('what handles a message of a bus', site.at);
  run.thrown.at(-1)?.push({ value: unread, ...placeIn(run, site.at) });
  return unread;
}

function handlerOf(
  run: Run,
  world: NestWorld,
  decorator: string,
  message: ClassValue,
): ClassValue | undefined {
  return world.classes.find((cls) => {
    const use = classUses(run, world, cls).find(({ name, module }) => name === decorator && module === cqrs);
    const [named] = use?.args ?? [];
    return named?.t === 'class' && named.decl === message.decl;
  });
}
