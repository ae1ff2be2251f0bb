/** `routes`: what the code serves, as this program reads it. */

import type { CodeOperation } from '../../contract/operation.ts';
import { formatPath } from '../../contract/path.ts';
import type { ExitCode, Io } from '../io.ts';
import type { Places } from '../places.ts';
import { routesJson } from '../report/json.ts';
import { reasonText } from '../../contract/reasons.ts';
import { alike, placesOf } from '../report/reasons.ts';
import type { Theme } from '../report/theme.ts';
import { count, createTheme } from '../report/theme.ts';
import type { Session } from '../session.ts';

export function routes(session: Session, format: 'pretty' | 'json', io: Io): ExitCode {
  const { snapshot, places } = session;
  if (format === 'json') {
    io.out(routesJson(snapshot, places));
    return 0;
  }
  const theme = createTheme(io.colors, io.width);
  const lines: string[] = [''];
  for (const code of snapshot.codes) {
    const { items, gaps } = code.operations;
    const root = code.root === '.' ? 'this folder' : code.root;
    lines.push(
      `${theme.strong(root)}  ${theme.quiet(`${code.frameworks.join(', ')} · ${count(items.length, 'route')}`)}`,
      '',
    );
    lines.push(...routeLines(items, places, theme), '');
    const unread = [...gaps, ...code.opaque.map((area) => area.reason)];
    for (const reasons of alike(unread, (reason) => reason)) {
      const [reason] = reasons;
      const where = placesOf(reasons, places);
      if (reason)
        lines.push(
          `  ${theme.level('warning', '?')} ${reasonText(reason)}${where && theme.quiet(`  ${where}`)}`,
        );
    }
    if (unread.length > 0) lines.push('');
  }
  if (snapshot.codes.length === 0) lines.push('No Express or NestJS application was found.', '');
  io.out(lines.join('\n'));
  return 0;
}

function routeLines(operations: readonly CodeOperation[], places: Places, theme: Theme): readonly string[] {
  const rows = operations.map(({ key, at, origin }) => {
    const path = `${origin.unknownPrefix === undefined ? '' : '…'}${formatPath(key.path)}`;
    const notes = [
      ...key.variants.map((variant) => `also ${formatPath(variant)}`),
      ...(origin.base === undefined ? [] : [`behind ${origin.base}`]),
      ...(origin.conditional === undefined ? [] : ['conditional']),
      ...(origin.hidden === undefined ? [] : [`hidden by ${origin.hidden}`]),
    ];
    return {
      method: key.method,
      path,
      place: `${at.file}:${places.of(at).start.line}`,
      notes: notes.join(', '),
    };
  });
  const width = Math.min(60, Math.max(0, ...rows.map(({ path }) => path.length)));
  return rows.map(({ method, path, place, notes }) =>
    `  ${theme.accent(method.padEnd(7))} ${path.padEnd(width)}  ${theme.quiet(`${place}${notes === '' ? '' : `  ${notes}`}`)}`.trimEnd(),
  );
}
