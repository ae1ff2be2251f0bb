/** Decorators of classes and methods as the evaluation sees them. */

import type { Span } from '../../../contract/span.ts';
import { decoratedClasses } from '../../evaluate/classes.ts';
import type { Run } from '../../evaluate/run.ts';
import { fixedText } from '../../evaluate/text-parts.ts';
import type { ClassValue, Scope, Value } from '../../evaluate/values.ts';
import type { Decorator } from '../../program/program.ts';
import { decoratorUses, type DecoratorUse } from '../classes/decorators.ts';
import type { DecoratedWorld } from './model.ts';
import { decoratorPackages, type DecoratorPackage } from './packages.ts';

export type Use = DecoratorUse;

export interface Controller {
  readonly cls: ClassValue;
  readonly package: DecoratorPackage;
  readonly use: Use;
  readonly uses: readonly Use[];
}

export function usesOf(
  run: Run,
  { decorators: world }: DecoratedWorld,
  decorators: readonly Decorator[],
  scope: Scope,
): readonly Use[] {
  return decoratorUses(run, world, decorators, scope);
}

/** Every class that such a decorator makes a controller. */
export function controllersOf(run: Run, world: DecoratedWorld): readonly Controller[] {
  return decoratedClasses(run).flatMap((cls): readonly Controller[] => {
    const uses = usesOf(run, world, cls.decl.decorators, cls.scope);
    for (const use of uses) {
      const from = decoratorPackages.find(
        ({ modules, controllers }) => modules.includes(use.module) && use.name in controllers,
      );
      if (from) return [{ cls, package: from, use, uses }];
    }
    return [];
  });
}

/** The decorator of this name of the package, where there is one. */
export function findUse(
  { modules }: DecoratorPackage,
  uses: readonly Use[],
  name: string | undefined,
): Use | undefined {
  return uses.find((use) => use.name === name && modules.includes(use.module));
}

/** `201`, `'201'`. */
export function statusOf(value: Value | undefined): number | undefined {
  const status = value?.t === 'number' ? value.value : value && Number(fixedText(value) ?? Number.NaN);
  return status !== undefined && Number.isInteger(status) && status >= 100 && status <= 599
    ? status
    : undefined;
}

export function placeOfClass({ cls }: Controller): Span {
  return { file: cls.scope.file, start: cls.decl.ns, end: cls.decl.ne };
}
