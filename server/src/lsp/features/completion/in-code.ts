/** Completion in code, from the specification: paths of operations that nothing serves yet, statuses that nothing sends. */

import type { FileId } from '../../../contract/span.ts';
import { formatPath, parseTemplate, type Path } from '../../../contract/path.ts';
import type { Entry } from '../../../engine/entries.ts';
import { statusWords } from '../../../specs/openapi/vocabulary/statuses.ts';
import type { FeatureIndex } from '../feature-index.ts';
import { plain } from '../markdown.ts';
import { verbatim, type Completion } from './item.ts';
import type { TypingPlace } from './scene.ts';

/** Characters in front of the caret that are looked at. */
const reach = 200;

/** Undefined where no path and no status is written. */
export function codeCompletions(index: FeatureIndex, place: TypingPlace): readonly Completion[] | undefined {
  const line = place.text.slice(Math.max(0, place.offset - reach), place.offset);
  const before = line.slice(line.lastIndexOf('\n') + 1);
  const path =
    /(?:\.(get|post|put|patch|delete|head|options|all|route)\(|@(Get|Post|Put|Patch|Delete|Head|Options|All)\()\s*(['"`])([^'"`]*)$/.exec(
      before,
    );
  if (path) return paths(index, place, (path[1] ?? path[2] ?? '').toUpperCase(), path[4] ?? '');
  const status = /(?:\.(?:status|sendStatus|code|writeHead)\(|@HttpCode\()\s*(\d*)$/.exec(before);
  return status ? statuses(index, place, status[1] ?? '') : undefined;
}

function paths(
  index: FeatureIndex,
  { file, text, offset, before }: TypingPlace,
  method: string,
  typed: string,
): readonly Completion[] {
  const isExpress = !/@\w+\(\s*['"`][^'"`]*$/.test(text.slice(Math.max(0, offset - reach), offset));
  const prefix = prefixAt(index, file, before);
  if (prefix === undefined) return [];
  const end = offset + (/^[^'"`\n)]*/.exec(text.slice(offset))?.[0].length ?? 0);
  const found = new Map<string, Entry[]>();
  for (const entry of index.entries) {
    const { spec, code, state } = entry;
    if (!spec || code || state !== 'unimplemented') continue;
    if (method !== 'ALL' && method !== 'ROUTE' && method !== entry.method) continue;
    const own = behind(parseTemplate(entry.path), prefix);
    if (!own) continue;
    const written = routePath(own, isExpress);
    found.set(written, [...(found.get(written) ?? []), entry]);
  }
  return [...found].map(([written, entries], rank) => {
    const [first] = entries;
    return {
      label: written,
      kind: 'route',
      detail: `${entries.map((entry) => entry.method).join(', ')} ${first?.path ?? ''} · not implemented`,
      ...(first?.spec?.origin.summary !== undefined && { docs: [plain(first.spec.origin.summary)] }),
      insert: verbatim(written),
      start: offset - typed.length,
      end,
      also: [],
      filter: written,
      rank,
    };
  });
}

/** What stands in front of the paths of the routes around, in the contract; undefined where they do not agree. */
function prefixAt(index: FeatureIndex, file: FileId, offset: number): Path | undefined {
  const near = index
    .entriesIn(file)
    .flatMap(({ code, path }) => {
      if (code?.at.file !== file || code.origin.unknownPrefix) return [];
      const own = code.origin.chain?.at(-1)?.path;
      const prefix = own === undefined ? undefined : withoutEnd(parseTemplate(path), parseTemplate(own));
      return prefix ? [{ prefix, distance: Math.abs(code.at.start - offset) }] : [];
    })
    .sort((a, b) => a.distance - b.distance);
  // The nearest route is registered where this one is going to be.
  return near[0]?.prefix;
}

function withoutEnd(path: Path, end: Path): Path | undefined {
  const start = path.length - end.length;
  return start >= 0 ? path.slice(0, start) : undefined;
}

function behind(path: Path, prefix: Path): Path | undefined {
  const isBehind = prefix.every((segment, index) => {
    const other = path[index];
    return other !== undefined && formatPath([segment]) === formatPath([other]);
  });
  return isBehind ? path.slice(prefix.length) : undefined;
}

/** As Express and Nest write it: `/:id`. Nest leaves the slash in front to its controllers. */
function routePath(path: Path, isExpress: boolean): string {
  const written = formatPath(path).replaceAll(/\{([^{}]+)\}/g, ':$1');
  return isExpress ? written : written.slice(1);
}

/** Those of the operation that is handled here, first those that are not sent yet. */
function statuses(
  index: FeatureIndex,
  { file, text, offset, before }: TypingPlace,
  typed: string,
): readonly Completion[] {
  const around = index.entriesIn(file).filter(({ spec, code }) => {
    const handler = code?.origin.handler?.at;
    return spec && handler?.file === file && handler.start <= before && before <= handler.end;
  });
  const end = offset + (/^\d*/.exec(text.slice(offset))?.[0].length ?? 0);
  const seen = new Set<string>();
  return around.flatMap(({ spec, code }) =>
    (spec?.outputs.items ?? []).flatMap(({ status }, position): readonly Completion[] => {
      if (!/^\d{3}$/.test(status) || seen.has(status)) return [];
      seen.add(status);
      const isSent = code?.outputs.items.some((output) => output.status === status) === true;
      const phrase = statusWords.find((each) => each.status === status)?.phrase;
      return [
        {
          label: status,
          kind: 'value',
          detail: `${phrase ?? ''} · ${isSent ? 'in the contract' : 'in the contract, not sent yet'}`,
          insert: status,
          start: offset - typed.length,
          end,
          also: [],
          filter: status,
          rank: (isSent ? 100 : 0) + position,
        },
      ];
    }),
  );
}
