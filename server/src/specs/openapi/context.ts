/** What the parts of one assembly share. */

import type { SpecVersion } from './detect.ts';
import type { Located, Reader } from './reader.ts';
import type { SchemaReader } from './schema.ts';

export interface Context {
  readonly reader: Reader;
  readonly schemas: SchemaReader;
  readonly version: SpecVersion;
  /** The top of the root document: OpenAPI looks up names (security schemes, `consumes`) there. */
  readonly top: Located;
}
