/** What interceptors of Nest take of a multipart body. */

import type { Span } from '../../../contract/span.ts';
import { fixedText } from '../../evaluate/text-parts.ts';
import type { Value } from '../../evaluate/values.ts';
import type { BodyDraft } from '../classes/bodies.ts';
import { option, textOption, type DecoratorUse } from '../classes/decorators.ts';

/** `FileInterceptor('avatar')` and its relatives say the field, `@UploadedFile()` does not. */
export function readUploads(uses: readonly DecoratorUse[], draft: BodyDraft): void {
  for (const use of uses) {
    if (use.name !== 'UseInterceptors') continue;
    for (const interceptor of use.args) readUpload(interceptor, use.at, draft);
  }
}

function readUpload(value: Value, at: Span, draft: BodyDraft): void {
  if (value.t !== 'external') return;
  const name = value.path.at(-1) ?? '';
  const [first, second] = value.args ?? [];
  const add = (field: Value | string | undefined, many: boolean, most?: Value): void => {
    const text = typeof field === 'string' ? field : field && fixedText(field);
    if (text === undefined) draft.open = true;
    else
      draft.fields.set(text, {
        shape: many
          ? {
              kind: 'array',
              items: { kind: 'binary' },
              ...(most?.t === 'number' && { maxItems: most.value }),
            }
          : { kind: 'binary' },
        at,
      });
    draft.upload ??= at;
    draft.at ??= at;
  };
  if (name === 'FileInterceptor') add(first, false);
  else if (name === 'FilesInterceptor') add(first, true, second);
  else if (name === 'FileFieldsInterceptor')
    for (const item of first?.t === 'array' ? first.items : [])
      add(textOption(item, 'name'), true, option(item, 'maxCount'));
  else if (name === 'AnyFilesInterceptor') add(undefined, true);
}
