/** Every drift that is seeded into the contract; each has to be found in all implementations. */

import type { Mutation } from '../mutation.ts';
import { errorMutations, harmlessBodyMutations, requestMutations, responseMutations } from './bodies.ts';
import { harmlessMutations } from './harmless.ts';
import { operationMutations } from './operations.ts';
import { parameterMutations } from './parameters.ts';
import { mediaTypeMutations, securityMutations, statusMutations } from './statuses.ts';

export const contractMutations: readonly Mutation[] = [
  ...operationMutations,
  ...parameterMutations,
  ...requestMutations,
  ...responseMutations,
  ...errorMutations,
  ...statusMutations,
  ...mediaTypeMutations,
  ...securityMutations,
  ...harmlessMutations,
  ...harmlessBodyMutations,
];
