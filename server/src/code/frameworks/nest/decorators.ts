/** Decorators of Nest's own packages. */

import type { DecoratorUse } from '../classes/decorators.ts';

export function isNest(use: DecoratorUse, name: string): boolean {
  return use.name === name && use.module.startsWith('@nestjs/');
}

export function findUse(uses: readonly DecoratorUse[], name: string): DecoratorUse | undefined {
  return uses.find((use) => isNest(use, name));
}
