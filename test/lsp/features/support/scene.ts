/**
 * Scenes: a workspace in one string (`//- path` starts a file) with a cursor `$0` in it, through the real engine.
 * Results are shown as text, places as `file:line`text``, so that an expectation reads like what a user sees.
 */

import assert from 'node:assert/strict';
import { type FileId, fileId, type Span } from '../../../../server/src/contract/span.ts';
import { analyse } from '../../../../server/src/engine/snapshot.ts';
import { createIndex, type FeatureIndex } from '../../../../server/src/lsp/features/feature-index.ts';
import type { Markdown } from '../../../../server/src/lsp/features/markdown.ts';
import { parseFixture } from '../../../support/fixture.ts';
import { snapshotOf } from '../../../support/pipeline.ts';

export interface Scene {
  readonly index: FeatureIndex;
  /** The file with the cursor, and its offset. */
  readonly file: FileId;
  readonly offset: number;
  show(span: Span): string;
  /** Markdown as it is sent, with the place of each link shown. */
  text(markdown: Markdown): string;
}

const settings = { bindings: [], rules: { severities: {} } };

export function indexOf(files: ReadonlyMap<string, string>): FeatureIndex {
  const snapshot = snapshotOf(files, settings);
  return createIndex({
    folder: 'file:///tea-house',
    snapshot,
    findings: analyse(snapshot, settings),
    textOf: (file) => files.get(file),
  });
}

export function scene(source: string): Scene {
  const files = new Map<string, string>();
  let cursor: { readonly file: FileId; readonly offset: number } | undefined;
  for (const [file, marked] of parseFixture(source).files) {
    const offset = marked.indexOf('$0');
    if (offset >= 0) cursor = { file: fileId(file), offset };
    files.set(file, marked.replace('$0', ''));
  }
  const index = indexOf(files);
  const show = ({ file, start, end }: Span): string => {
    const text = files.get(file) ?? '';
    const [line = '', ...more] = text.slice(start, end).split('\n');
    return `${file}:${text.slice(0, start).split('\n').length}‹${line}${more.length > 0 ? ' …' : ''}›`;
  };
  return {
    index,
    file: cursor?.file ?? fileId(''),
    offset: cursor?.offset ?? 0,
    show,
    text: (markdown) =>
      markdown
        .map((part) =>
          typeof part === 'string'
            ? part
            : `[${part.label}](${'to' in part ? show(part.to) : `rule:${part.rule}`})`,
        )
        .join(''),
  };
}

/** Both without the indentation of the expectation. */
export function same(actual: string, expected: string): void {
  assert.equal(actual.trim(), dedent(expected).trim());
}

function dedent(text: string): string {
  const lines = text.split('\n');
  const depth = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)));
  return lines.map((line) => line.slice(Number.isFinite(depth) ? depth : 0)).join('\n');
}

/** The scene with its cursor in a file: `place` is a text of that file with `$0` in it. */
export function sceneAt(source: string, file: string, place: string): Scene {
  const header = `//- ${file}\n`;
  const start = source.indexOf(header);
  const at = source.indexOf(place.replace('$0', ''), start);
  assert.ok(start >= 0 && at >= 0, `there is no ${place} in ${file}`);
  const offset = at + place.indexOf('$0');
  return scene(`${source.slice(0, offset)}$0${source.slice(offset)}`);
}
