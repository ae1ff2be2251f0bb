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
  const found = pairsOf(session.snapshot).filter((each) => keysOf(each).includes(wanted));
  if (found.length === 0) {
    io.err(`Neither side has ${method.toUpperCase()} ${path}.\n`);
    return 2;
  }
  io.out(print({ version: 1, pairs: found }));
  return 0;
}

/** Those that were linked, and the operations of servers that no specification is compared with. */
function pairsOf({ links, codes }: Session['snapshot']): readonly Pair[] {
  const linked = links.flatMap((link) => link.pairs);
  const known = new Set(linked.flatMap((each) => (each.state === 'spec-only' ? [] : [each.code])));
  const alone = codes
    .flatMap(({ operations }) => operations.items)
    .filter((code) => !known.has(code))
    .map((code): Pair => {
      const doubt = {
        why: 'aside',
        fact: 'no specification is compared with this server',
        at: code.at,
      } as const;
      return { protocol: 'http', state: 'code-only', code, near: [], doubt };
    });
  return [...linked, ...alone];
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
