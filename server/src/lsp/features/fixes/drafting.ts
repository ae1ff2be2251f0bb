/** How fixes draft: with what the names of the code's types mean. */

import { inPlace, type Drafting } from '../../../draft/schema.ts';
import type { FeatureIndex } from '../feature-index.ts';

/** `version` is that of the spec that is written into. */
export function draftingFor({ ready }: FeatureIndex, version: string): Drafting {
  // Names are unique among all servers: they begin with the file.
  const { codes } = ready.snapshot;
  return inPlace(version, (id) => codes.find(({ shapes }) => shapes?.[id])?.shapes?.[id]);
}
