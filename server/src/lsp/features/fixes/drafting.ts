/** How fixes draft: with what the names of the code's types mean. */

import { inPlace, type Drafting } from '../../../draft/schema.ts';
import type { FeatureIndex } from '../feature-index.ts';

/** `version` is that of the spec that is written into. */
export function draftingFor(index: FeatureIndex, version: string): Drafting {
  return inPlace(version, (id) => index.served()[id]);
}
