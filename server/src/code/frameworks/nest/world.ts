/** What a run remembers of Nest. */

import type { Span } from '../../../contract/span.ts';
import type { ClassValue, Value } from '../../evaluate/values.ts';
import type { ModuleGraph } from './graph.ts';
import type { Provider } from './providers.ts';

/** An application as its start-up code has made it. */
export interface NestApp {
  readonly at: Span;
  readonly adapter: 'express' | 'fastify';
  /** The modules, read when the application was created, as Nest itself does. */
  readonly graph: ModuleGraph;
  prefix: { readonly path: Value; readonly exclude: Value | undefined; readonly at: Span } | undefined;
  /** The options of `enableVersioning()`; `'on'` where they could not be read. */
  versioning: Value | undefined;
  readonly guards: Value[];
  readonly pipes: Value[];
  readonly filters: Value[];
  readonly interceptors: Value[];
  readonly served: { readonly path: Value; readonly construct: string; readonly at: Span }[];
  /** The Express application underneath: what `app.use()` registers. */
  readonly router: Value | undefined;
  listens: boolean;
  closed: boolean;
}

export interface NestWorld {
  readonly apps: NestApp[];
  /** Providers of all module graphs, in the order in which they were met. */
  readonly providers: Provider[];
  /** Classes that are providers under their own name. */
  readonly classes: ClassValue[];
  /** Decorators that user-made ones apply by calling them, innermost last. */
  readonly applied: Value[][];
  /** What `ConfigModule` loads, in the order in which it was met. */
  readonly configurations: Value[];
  /** What `CrudConfigService` was given. */
  readonly crudDefaults: Value[];
}

export function createNestWorld(): NestWorld {
  return { apps: [], providers: [], classes: [], applied: [], configurations: [], crudDefaults: [] };
}
