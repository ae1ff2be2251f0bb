/** Documents in memory, for tests of authoring. */

import { fileId, type FileId } from '../../../server/src/contract/span.ts';
import type { SourceEdit } from '../../../server/src/authoring/edits.ts';
import type { SpecSources } from '../../../server/src/authoring/sources.ts';
import { readDocument } from '../../../server/src/text/document.ts';

export type Files = Readonly<Record<string, string>>;

/** Roots are those that say so in their first lines. */
export function sourcesOf(files: Files): SpecSources {
  const documents = new Map(
    Object.entries(files).map(([name, text]) => [fileId(name), readDocument(fileId(name), text)]),
  );
  return {
    roots: [...documents.keys()].filter((file) =>
      /^\W*(?:openapi|swagger|asyncapi)\W/.test(files[file] ?? ''),
    ),
    document: (file) => documents.get(file),
    text: (file) => files[file],
  };
}

/** The files after some edits. Edits of one place are applied in the order in which they are given. */
export function applied(files: Files, edits: readonly SourceEdit[]): Record<string, string> {
  const result: Record<string, string> = { ...files };
  const byFile = new Map<FileId, SourceEdit[]>();
  for (const edit of edits) byFile.set(edit.file, [...(byFile.get(edit.file) ?? []), edit]);
  for (const [file, list] of byFile) {
    let text = result[file] ?? '';
    let until = Infinity;
    for (const { start, end, text: written } of [...list].sort((a, b) => a.start - b.start).reverse()) {
      if (end > until) throw new Error(`edits of ${file} overlap at ${start}`);
      until = start;
      text = text.slice(0, start) + written + text.slice(end);
    }
    result[file] = text;
  }
  return result;
}

/** The lines that differ, as `- before` and `+ after`, with their files. For edits that keep the number of lines. */
export function changedLines(before: Files, after: Files): readonly string[] {
  return Object.keys(after).flatMap((file) => {
    const old = (before[file] ?? '').split('\n');
    return (after[file] ?? '')
      .split('\n')
      .flatMap((line, index) => (line === old[index] ? [] : [`${file}: ${line.trim()}`]));
  });
}
