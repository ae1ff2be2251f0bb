/** Decorators as what they say: user-made ones are evaluated down to those of packages. */

import type { CodeOrigin } from '../../../contract/operation.ts';
import type { Span } from '../../../contract/span.ts';
import type { Decorator } from '../../program/program.ts';
import { callFunction } from '../../evaluate/calls.ts';
import { evaluate } from '../../evaluate/expressions.ts';
import { remember } from '../../evaluate/memory.ts';
import { isolated, type Run } from '../../evaluate/run.ts';
import { fixedText } from '../../evaluate/text-parts.ts';
import {
  dynamic,
  objectOf,
  type ClassValue,
  type ExternalValue,
  type Scope,
  type Value,
} from '../../evaluate/values.ts';

/** What a run remembers of decorators: those that user-made ones apply by calling them, innermost last. */
export interface DecoratorWorld {
  readonly applied: Value[][];
}

/** One decorator of a package, applied to something. */
export interface DecoratorUse {
  readonly module: string;
  /** `Get`, `TypedRoute.Get`. */
  readonly name: string;
  readonly args: readonly Value[];
  readonly value: ExternalValue;
  /** The decorator in front of the member, also where that is a composed one. */
  readonly at: Span;
}

/** Steps for one controller: its decorators and the start of its services. Handlers have a budget of their own. */
const controllerSteps = 200_000;

/** Leaves enough of the budget for reading one more controller, whatever the last handler left. */
export function allowController(run: Run): void {
  run.stepLimit = Math.max(run.stepLimit, run.steps + controllerSteps);
}

/** Composed decorators deeper than this are a loop. */
const depthLimit = 8;

/**
 * The decorators in the order in which they win: the last that is applied comes first. Decorators of one member
 * are applied from the bottom up, those inside of `applyDecorators()` from first to last.
 */
export function decoratorUses(
  run: Run,
  world: DecoratorWorld,
  decorators: readonly Decorator[],
  scope: Scope,
): readonly DecoratorUse[] {
  return decorators.flatMap(({ x, s, e }) => {
    const at: Span = { file: scope.file, start: s, end: e };
    return flatten(
      run,
      world,
      isolated(run, () => evaluate(run, x, scope)),
      at,
      0,
    );
  });
}

function flatten(
  run: Run,
  world: DecoratorWorld,
  value: Value,
  at: Span,
  depth: number,
): readonly DecoratorUse[] {
  if (depth > depthLimit) return [];
  switch (value.t) {
    case 'external':
      return [
        { module: packageOf(value.module), name: value.path.join('.'), args: value.args ?? [], value, at },
      ];
    case 'array':
      return [...value.items].reverse().flatMap((item) => flatten(run, world, item, at, depth + 1));
    case 'union':
      return value.of.flatMap((one) => flatten(run, world, one, at, depth + 1));
    case 'function': {
      const applied: Value[] = [];
      world.applied.push(applied);
      const target = [
        dynamic('decorated class', at),
        dynamic('decorated member', at),
        objectOf([['value', dynamic('decorated method', at)]], at, true),
      ];
      const returned = isolated(run, () => callFunction(run, value, target, { at, file: at.file }));
      world.applied.pop();
      const inner =
        returned.t === 'function' || returned.t === 'external' || returned.t === 'array'
          ? [...applied, returned]
          : applied;
      return [...inner].reverse().flatMap((one) => flatten(run, world, one, at, depth + 1));
    }
    default:
      return [];
  }
}

/** Those of a class: its own first, then those of the classes it extends, as metadata are inherited. */
export function classUses(run: Run, world: DecoratorWorld, cls: ClassValue): readonly DecoratorUse[] {
  return remember(run, cls, ['decorators'], () => {
    const uses: DecoratorUse[] = [];
    for (let current: Value | undefined = cls; current?.t === 'class'; current = current.parent) {
      uses.push(...decoratorUses(run, world, current.decl.decorators, current.scope));
    }
    return uses;
  });
}

/** A property of an object literal that a decorator or call takes. */
export function option(value: Value | undefined, name: string): Value | undefined {
  return value?.t === 'object' ? value.props.get(name)?.value : undefined;
}

export function textOption(value: Value | undefined, name: string): string | undefined {
  const found = option(value, name);
  return found && fixedText(found);
}

/** The id that a decorator gives an operation: `@ApiOperation({ operationId })`, `@OpenAPI({ … })`, `@OperationId('id')`. */
export function operationIdOf(uses: readonly DecoratorUse[]): CodeOrigin['operationId'] {
  for (const { module, name, args } of uses) {
    const isNamed = idDecorators.get(name)?.includes(packageOf(module)) === true;
    if (!isNamed) continue;
    const value = name === 'OperationId' ? args[0] : option(args[0], 'operationId');
    const id = value?.t === 'text' ? fixedText(value) : undefined;
    if (value?.t === 'text' && id !== undefined) return { name: id, at: value.at };
  }
  return undefined;
}

const idDecorators: ReadonlyMap<string, readonly string[]> = new Map([
  ['ApiOperation', ['@nestjs/swagger']],
  ['OpenAPI', ['routing-controllers-openapi']],
  ['OperationId', ['tsoa', '@tsoa/runtime']],
]);

/** `@nestjs/common/decorators` is `@nestjs/common`: Nest's packages export the same things in their folders. */
export function packageOf(module: string): string {
  return module.startsWith('@nestjs/') ? module.split('/').slice(0, 2).join('/') : module;
}
