/** `ExecutionContext` and `ArgumentsHost`: what guards, filters and parameter decorators get. */

import { arrayOf, dynamic, model, native, text, type Site, type Value } from '../../evaluate/values.ts';

export interface ContextParts {
  readonly request: Value;
  readonly response: Value;
  readonly next: Value;
  readonly handler: Value;
  readonly cls: Value;
}

export function contextModel(parts: ContextParts): Value {
  const http: Value = model({
    kind: 'nest-http',
    get: (name, site) => {
      if (name === 'getRequest') return native(name, () => parts.request);
      if (name === 'getResponse') return native(name, () => parts.response);
      if (name === 'getNext') return native(name, () => parts.next);
      return dynamic(name, site.at);
    },
  });
  const list = (site: Site): Value => arrayOf([parts.request, parts.response, parts.next], site.at);
  return model({
    kind: 'nest-context',
    get: (name, site) => {
      switch (name) {
        case 'switchToHttp':
          return native(name, () => http);
        case 'getRequest':
        case 'getResponse':
          return native(name, () => (name === 'getRequest' ? parts.request : parts.response));
        case 'getHandler':
          return native(name, () => parts.handler);
        case 'getClass':
          return native(name, () => parts.cls);
        case 'getType':
          return native(name, (_, where) => text('http', where.at));
        case 'getArgs':
          return native(name, (_, where) => list(where));
        case 'getArgByIndex':
          return native(
            name,
            ([index], where) =>
              (index?.t === 'number'
                ? [parts.request, parts.response, parts.next][index.value]
                : undefined) ?? dynamic('argument', where.at),
          );
        default:
          return dynamic(name, site.at);
      }
    },
  });
}
