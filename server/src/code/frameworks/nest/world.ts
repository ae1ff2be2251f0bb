/** What a run remembers of Nest. */

import type { Span } from '../../../contract/span.ts';
import type { ClassDecl } from '../../program/program.ts';
import type { HandlerFacts } from '../http/handlers.ts';
import type { ClassValue, Value } from '../../evaluate/values.ts';
import type { DecoratorUse } from './decorators.ts';
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
  readonly filters: Value[];
  readonly served: { readonly path: Value; readonly construct: string; readonly at: Span }[];
  listens: boolean;
  closed: boolean;
}

export interface NestWorld {
  readonly apps: NestApp[];
  /** Providers of all module graphs, in the order in which they were met. */
  readonly providers: Provider[];
  /** Decorators that user-made ones apply by calling them, innermost last. */
  readonly applied: Value[][];
  readonly classUses: Map<ClassValue, readonly DecoratorUse[]>;
  /** Guards by their class and what they could ask of a route: most routes ask the same. */
  readonly guards: Map<ClassDecl, Map<string, HandlerFacts | undefined>>;
}

export function createNestWorld(): NestWorld {
  return { apps: [], providers: [], applied: [], classUses: new Map(), guards: new Map() };
}
