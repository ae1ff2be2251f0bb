/** What a word of the specification means, where it stands. */

import type { FileId, Span } from '../../contract/span.ts';
import { holds } from '../../specs/openapi/vocabulary/model.ts';
import { fieldOf, isRequired, sectionOf, wordsOf } from '../../specs/openapi/vocabulary/vocabulary.ts';
import { textOf } from '../../text/document-node.ts';
import { formsIn, valueText } from './completion/keys.ts';
import { specDocument, valueIn } from './completion/place.ts';
import { pathAt } from './document-path.ts';
import type { FeatureIndex } from './feature-index.ts';
import { blocks, plain, type Markdown } from './markdown.ts';

export interface KeywordHover {
  readonly at: Span;
  readonly markdown: Markdown;
}

/** Undefined for names that authors choose, and for free texts. */
export function keywordHover(index: FeatureIndex, file: FileId, offset: number): KeywordHover | undefined {
  const top = index.document(file);
  const text = top && index.ready.textOf(file);
  const document = text === undefined ? undefined : specDocument(index, file, text);
  if (!top || !document) return undefined;
  const { steps, on } = pathAt(top.node, offset);
  const last = steps.at(-1);
  if (!last || on === 'space') return undefined;
  const { version } = document;
  const path = steps.map(({ token }) => token);
  const holder = valueIn(index, file, document, path.slice(0, -1));
  if (on === 'key' && last.entry) {
    const key = last.token;
    const at = { file, start: last.entry.keyStart, end: last.entry.keyEnd };
    const forms = holder ? formsIn(holder, version) : [];
    for (const form of forms) {
      const field = form.is === 'object' ? fieldOf(form.kind, key, version) : undefined;
      if (form.is !== 'object' || !field) continue;
      const { title } = wordsOf(form.kind);
      const required = isRequired(field, version) ? ', required' : '';
      return {
        at,
        markdown: blocks([
          [`**${plain(key)}** — ${plain(valueText(field.value, version))}${required}`],
          [field.doc],
          [`[${title}, OpenAPI ${version}](${sectionOf(form.kind, version)})`],
        ]),
      };
    }
    return undefined;
  }
  const value = valueIn(index, file, document, path);
  const written = textOf(last.node);
  for (const form of value ? formsIn(value, version) : []) {
    const choice =
      form.is === 'text'
        ? form.values?.find((each) => each.text === written && holds(each.in, version))
        : undefined;
    if (choice)
      return {
        at: { file, start: last.node.start, end: last.node.end },
        markdown: [`**${plain(choice.text)}** — ${choice.doc}`],
      };
  }
  return undefined;
}
