/** Decorators of classes and methods as the evaluation sees them. */

import type { Span } from '../../../contract/span.ts';
import { decoratedClasses } from '../../evaluate/classes.ts';
import { evaluate } from '../../evaluate/expressions.ts';
import { isolated, type Run } from '../../evaluate/run.ts';
import type { ClassValue, ExternalValue, Scope } from '../../evaluate/values.ts';
import type { Decorator } from '../../program/program.ts';
import { decoratorPackages, type DecoratorPackage } from './packages.ts';

export interface Use {
  readonly name: string;
  readonly value: ExternalValue;
  readonly at: Span;
}

export interface Controller {
  readonly cls: ClassValue;
  readonly package: DecoratorPackage;
  readonly use: Use;
  readonly uses: readonly Use[];
}

export function usesOf(run: Run, decorators: readonly Decorator[], scope: Scope): readonly Use[] {
  return decorators.flatMap(({ x, s, e }) => {
    const value = isolated(run, () => evaluate(run, x, scope));
    const at: Span = { file: scope.file, start: s, end: e };
    return value.t === 'external' ? [{ name: value.path.at(-1) ?? '', value, at }] : [];
  });
}

/** Every class that such a decorator makes a controller. */
export function controllersOf(run: Run): readonly Controller[] {
  return decoratedClasses(run).flatMap((cls): readonly Controller[] => {
    const uses = usesOf(run, cls.decl.decorators, cls.scope);
    for (const use of uses) {
      const from = decoratorPackages.find(
        ({ modules, controllers }) => modules.includes(use.value.module) && use.name in controllers,
      );
      if (from) return [{ cls, package: from, use, uses }];
    }
    return [];
  });
}
