/** The operations of a specification that a server loads, as far as registering them needs them. */

import type { Span } from '../../../../contract/span.ts';
import { entriesOf, getMember } from '../../../evaluate/members.ts';
import type { Run } from '../../../evaluate/run.ts';
import { alternatives } from '../../../evaluate/alternatives.ts';
import { fixedText } from '../../../evaluate/text-parts.ts';
import type { Site, Value } from '../../../evaluate/values.ts';

/** The fixed fields of a Path Item Object that are operations (OpenAPI 3.1, section 4.8.9). */
const methods = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']);

const controllerKeys = [
  'x-eov-operation-handler',
  'x-openapi-router-controller',
  'x-router-controller',
  'x-swagger-router-controller',
] as const;

export interface BoundOperation {
  /** Upper case. */
  readonly method: string;
  /** As the specification writes it, without a base. */
  readonly path: string;
  readonly operationId: string | undefined;
  /** The module of its handler, where the specification names one. */
  readonly controller: string | undefined;
}

export interface BoundSpec {
  readonly operations: readonly BoundOperation[];
  /** What `basePath` or each of `servers` puts in front of every path. */
  readonly bases: readonly string[];
  /** More may be in it. */
  readonly open: boolean;
}

export function boundSpec(run: Run, spec: Value, site: Site): BoundSpec {
  const paths = entriesOf(run, getMember(run, spec, 'paths', site), site);
  const operations = paths.entries.flatMap(([path, item]) => {
    const { entries } = entriesOf(run, item, site);
    return entries.flatMap(([key, operation]): readonly BoundOperation[] => {
      if (!methods.has(key)) return [];
      const say = (name: string): string | undefined => writtenAt(run, operation, name, site);
      return [
        {
          method: key.toUpperCase(),
          path,
          operationId: say('x-eov-operation-id') ?? say('operationId'),
          controller: first(
            controllerKeys.flatMap((name) => say(name) ?? []),
            controllerKeys.flatMap((name) => writtenAt(run, item, name, site) ?? []),
          ),
        },
      ];
    });
  });
  return { operations, bases: basesOf(run, spec, site), open: paths.open };
}

function first(...lists: readonly (readonly string[])[]): string | undefined {
  return lists.flat()[0];
}

/** What is not there on one of several ways (a loader that failed, and ended the program) is on the others. */
function writtenAt(run: Run, value: Value, name: string, site: Site): string | undefined {
  const [found, ...more] = alternatives(getMember(run, value, name, site)).filter(
    ({ t }) => t !== 'undefined',
  );
  return found && more.length === 0 ? fixedText(found) : undefined;
}

function basesOf(run: Run, spec: Value, site: Site): readonly string[] {
  const base = writtenAt(run, spec, 'basePath', site);
  if (base !== undefined) return [trimmed(base)];
  const servers = getMember(run, spec, 'servers', site);
  const urls =
    servers.t === 'array' ? servers.items.flatMap((one) => writtenAt(run, one, 'url', site) ?? []) : [];
  const paths = urls.map((url) => trimmed(url.replace(/^(?:[a-z][a-z0-9+.-]*:)?\/\/[^/]*/i, '')));
  return paths.length === 0 ? [''] : [...new Set(paths)];
}

function trimmed(path: string): string {
  return path.replace(/^(?=[^/])/, '/').replace(/\/+$/, '');
}

/** Where a handler is written, for findings about the operation that it serves. */
export function placeOfHandler(value: Value): Span | undefined {
  if (value.t === 'array') return value.items.map(placeOfHandler).findLast((at) => at !== undefined);
  // `guarded.bind(handler)`: one wrapper for all, and `this` is what it wraps.
  if (value.t === 'function' && value.self?.t === 'function') return placeOfHandler(value.self);
  return value.t === 'function' || value.t === 'class' ? value.at : undefined;
}
