/** Drifts that are seeded into the code, by implementation; those of the contract are seeded beside each of them. */

import type { Mutation } from '../mutation.ts';
import { expressJoiMutations } from './express-joi.ts';
import { expressValidatorMutations } from './express-validator.ts';
import { expressZodMutations } from './express-zod.ts';
import { nestClassValidatorMutations } from './nest-class-validator.ts';
import { routingControllersMutations } from './routing-controllers.ts';
import { tsoaMutations } from './tsoa.ts';

export const codeMutations: Readonly<Record<string, readonly Mutation[]>> = {
  'express-zod': expressZodMutations,
  'express-joi': expressJoiMutations,
  'express-validator': expressValidatorMutations,
  'nest-class-validator': nestClassValidatorMutations,
  'nest-zod': [],
  'routing-controllers': routingControllersMutations,
  tsoa: tsoaMutations,
};
