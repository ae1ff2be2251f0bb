/** What the user's configuration says about guards, by their names. It wins over what is read. */

import type { Decorator, Expr } from '../../program/program.ts';
import type { Run } from '../../evaluate/run.ts';
import type { HandlerFacts } from './handlers.ts';

/** The facts of a handler, guard or middleware as the configuration has them. */
export function asConfigured(run: Run, facts: HandlerFacts): HandlerFacts {
  const { security } = run.project;
  if (!security) return facts;
  const { exchange, name, at, passes, guard } = facts;
  const plain = { exchange, name, at, passes };
  if (security.public.includes(name)) return plain;
  if (!security.guards.includes(name)) return facts;
  return { ...plain, guard: { scopes: [], ...guard, evidence: 'declared', name } };
}

/** Does one of these decorators let anonymous callers in, as the configuration says? */
export function areOpened(run: Run, decorators: readonly Decorator[]): boolean {
  const names = run.project.security?.public ?? [];
  return names.length > 0 && decorators.some(({ x }) => names.includes(nameOf(x) ?? ''));
}

function nameOf(x: Expr): string | undefined {
  switch (x.k) {
    case 'id':
      return x.name;
    case 'mem':
      return x.name;
    case 'call':
      return nameOf(x.fn);
    default:
      return undefined;
  }
}
