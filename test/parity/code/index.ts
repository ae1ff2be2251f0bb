/** Drifts that are seeded into the code, by implementation; those of the contract are seeded beside each of them. */

import type { Mutation } from '../mutation.ts';
import { expressZodMutations } from './express-zod.ts';
import { nestClassValidatorMutations } from './nest-class-validator.ts';

export const codeMutations: Readonly<Record<string, readonly Mutation[]>> = {
  'express-zod': expressZodMutations,
  'nest-class-validator': nestClassValidatorMutations,
  'nest-zod': [],
  'express-joi': [],
  'express-validator': [],
};
