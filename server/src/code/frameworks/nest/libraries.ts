/** Modules of packages that serve addresses of their own. Data, so that one more is one line more. */

import type { Span } from '../../../contract/span.ts';
import { fixedText } from '../../evaluate/text-parts.ts';
import { text, type ExternalValue, type Value } from '../../evaluate/values.ts';
import { option } from '../classes/decorators.ts';

export interface LibraryArea {
  readonly path: Value;
  readonly construct: string;
  readonly at: Span;
  /** Does the global prefix stand in front of it? */
  readonly prefixed: boolean;
}

/** The option that holds the path, and the path where it is not given (none: serves nothing then). */
const served: Readonly<
  Record<string, { readonly option: string; readonly default?: string; readonly prefixed: boolean }>
> = {
  GraphQLModule: { option: 'path', default: '/graphql', prefixed: false },
  ServeStaticModule: { option: 'serveRoot', prefixed: false },
  PrometheusModule: { option: 'path', default: '/metrics', prefixed: true },
  BullBoardModule: { option: 'route', default: '/queues', prefixed: true },
  DevtoolsModule: { option: 'path', prefixed: false },
  AdminModule: { option: 'rootPath', default: '/admin', prefixed: false },
};

export function libraryArea(value: ExternalValue): LibraryArea | undefined {
  const [name = '', method = ''] = value.path;
  const entry = served[name];
  if (!entry || !/^(?:forRoot|register)(?:Async)?$/.test(method || 'forRoot')) return undefined;
  const [first] = value.args ?? [];
  const given = option(first, entry.option) ?? option(option(first, 'adminJsOptions'), entry.option);
  const path =
    given && fixedText(given) !== undefined
      ? given
      : entry.default === undefined
        ? undefined
        : text(entry.default, value.at);
  if (!path || fixedText(path)?.replace(/[/*]/g, '') === '') return undefined;
  return { path, construct: `${value.module} ${name}`, at: value.at, prefixed: entry.prefixed };
}
