/** Decorators of classes and methods as the evaluation sees them. */

import type { Span } from '../../../contract/span.ts';
import { evaluate } from '../../evaluate/expressions.ts';
import { isolated, read, type Run } from '../../evaluate/run.ts';
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

/** Every class of the modules that were evaluated that such a decorator makes a controller. */
export function controllersOf(run: Run): readonly Controller[] {
  const found = new Map<ClassValue, Controller>();
  for (const file of [...run.modules.keys()].sort()) {
    if (!run.started.has(file)) continue;
    for (const cell of run.modules.get(file)?.scope.vars.values() ?? []) {
      const cls = cell.lazy ? undefined : read(run, cell);
      if (cls?.t !== 'class' || cls.scope.file !== file || cls.decl.decorators.length === 0) continue;
      const uses = usesOf(run, cls.decl.decorators, cls.scope);
      for (const use of uses) {
        const from = decoratorPackages.find(
          ({ modules, controllers }) => modules.includes(use.value.module) && use.name in controllers,
        );
        if (from && !found.has(cls)) found.set(cls, { cls, package: from, use, uses });
      }
    }
  }
  return [...found.values()];
}
