/** Interceptors of a route: what they read of the request, and whether they answer or refuse themselves. */

import { callFunction } from '../../evaluate/calls.ts';
import { singleton } from '../../evaluate/classes.ts';
import { instanceMember } from '../../evaluate/members.ts';
import { maybe } from '../../evaluate/statements.ts';
import type { Run } from '../../evaluate/run.ts';
import { alternatives, dynamic, model, native, type Value } from '../../evaluate/values.ts';
import type { DecoratorUse } from './decorators.ts';

/** Runs those of the workspace in front of the handler; they may go on to it or not. */
export function runInterceptors(run: Run, uses: readonly DecoratorUse[], context: Value): void {
  const listed = uses
    .filter(({ name, module }) => name === 'UseInterceptors' && module === '@nestjs/common')
    .flatMap(({ args }) => args);
  for (const interceptor of listed.flatMap(alternatives)) {
    const cls =
      interceptor.t === 'class' ? interceptor : interceptor.t === 'object' ? interceptor.cls : undefined;
    if (!cls) continue;
    const site = { at: cls.at, file: cls.scope.file };
    const instance = interceptor.t === 'class' ? singleton(run, interceptor, site) : interceptor;
    const method = instanceMember(run, cls, 'intercept', instance, site);
    if (method?.t !== 'function') continue;
    const next = model({
      kind: 'nest-call-handler',
      get: (name) => native(name, (_, where) => dynamic('answer of the handler', where.at)),
    });
    maybe(run, () => {
      callFunction(run, method, [context, next], site);
      return 'normal';
    });
  }
}
