/** `pair`: both sides of one operation, as the rules see them. A tool for "why does it say that?". */

import type { CodeOperation, SpecOperation } from '../../contract/operation.ts';
import type { Pair } from '../../contract/pair.ts';
import { parseTemplate, shapeKey } from '../../contract/path.ts';
import type { ExitCode, Io } from '../io.ts';
import { print } from '../report/json.ts';
import type { Session } from '../session.ts';

/** `name` is `GET /users/{id}`; parameters may be written `:id` too, and their names do not count. */
export function pair(session: Session, name: readonly string[], io: Io): ExitCode {
  const [method, path] = name.join(' ').trim().split(/\s+/, 2);
  if (method === undefined || path === undefined) {
    io.err('Name an operation as METHOD path: pair GET /users/{id}\n');
    return 2;
  }
  const wanted = `${method.toUpperCase()} ${shapeKey(parseTemplate(path.replace(/:(\w+)/g, '{$1}')))}`;
  const found = session.snapshot.links
    .flatMap((link) => link.pairs)
    .filter((each) => keysOf(each).includes(wanted));
  if (found.length === 0) {
    io.err(`Neither side has ${method.toUpperCase()} ${path}.\n`);
    return 2;
  }
  io.out(print({ version: 1, pairs: found }));
  return 0;
}

function keysOf(each: Pair): readonly string[] {
  const sides: readonly (SpecOperation | CodeOperation)[] =
    each.state === 'matched'
      ? [each.spec, each.code]
      : each.state === 'spec-only'
        ? [each.spec]
        : [each.code];
  return sides.flatMap(({ key }) =>
    [key.path, ...key.variants].map((path) => `${key.method} ${shapeKey(path)}`),
  );
}
