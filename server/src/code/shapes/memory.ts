/** What a run knows of written types. */

import type { Shape, ShapeId } from '../../contract/shape.ts';
import type { FileId } from '../../contract/span.ts';
import type { Names } from './declarations.ts';
import type { PrismaSchema } from './prisma-schema.ts';

export interface TypeMemory {
  readonly names: Map<FileId, Names>;
  /** What `ref`s lead to; computed when somebody asks. */
  readonly shapes: Map<ShapeId, Shape>;
  readonly pending: Map<ShapeId, () => Shape>;
  /** Those of `shapes` that are being made. */
  readonly making: Set<ShapeId>;
  /** Schemas of Prisma by their first file. */
  readonly prisma: Map<FileId, PrismaSchema>;
  /** Shapes and aliases that are being made, innermost last. */
  readonly resolving: object[];
  /** Does something of this server make validators of comments? Undefined before anybody asked. */
  readsDocTags?: boolean;
}
