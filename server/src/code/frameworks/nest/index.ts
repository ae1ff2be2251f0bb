/** NestJS. */

import type { FrameworkModel } from '../../evaluate/run.ts';
import type { Value } from '../../evaluate/values.ts';
import type { ExpressWorld } from '../express/router.ts';

/** What a run remembers of Nest: the applications that were created. */
export interface NestWorld {
  readonly apps: { readonly module: Value }[];
}

export function createNestWorld(): NestWorld {
  return { apps: [] };
}

export function nestModel(_world: NestWorld, _express: ExpressWorld): FrameworkModel {
  return {};
}
