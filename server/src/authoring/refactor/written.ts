/** Plain data in the place of an object. */

import { nodeOf } from '../../text/document-node.ts';
import { type Plain, eolOf, stepOf } from '../../text/document-style.ts';
import { extentOf, jsonText, lineStartOf, planted } from '../../text/transplant.ts';
import type { SourceEdit } from '../edits.ts';
import type { Visited } from '../grammar.ts';
import type { SpecSources } from '../sources.ts';

export function replacement(sources: SpecSources, object: Visited, value: Plain): SourceEdit | undefined {
  const { file, node, entry, inFlow } = object;
  const text = sources.text(file);
  const language = sources.document(file)?.language;
  const extent = text === undefined ? undefined : extentOf(text, node, entry?.keyEnd ?? node.start);
  const written = nodeOf(value);
  if (text === undefined || language === undefined || !extent || !written) return undefined;
  const step = stepOf(text);
  const lineStart = lineStartOf(text, extent.start);
  const isBrace = (text[extent.start] === '{' || text[extent.start] === '[') && entry !== undefined;
  const indent = /^\s*/.exec(text.slice(lineStart))?.[0] ?? '';
  const planting = planted(
    { text: jsonText(written, step), isBlock: false, language: 'json', node: written },
    {
      language,
      eol: eolOf(text),
      step,
      isAligned: !isBrace && language === 'yaml',
      inFlow: language === 'yaml' && inFlow,
      indent: isBrace || language === 'json' ? indent : ' '.repeat(extent.start - lineStart),
    },
  );
  if (planting === undefined) return undefined;
  return isBrace && language === 'yaml' && !inFlow
    ? { file, start: entry.keyEnd + 1, end: extent.end, text: planting }
    : { file, ...extent, text: planting.trimStart() };
}
