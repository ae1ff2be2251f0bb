/** The request body of a Nest handler: `@Body()` parameters and uploads. */

import { collection, known, unknown, type UnknownReason } from '../../../contract/knowledge.ts';
import type { Body, CodeOperation } from '../../../contract/operation.ts';
import type { Field, Shape } from '../../../contract/shape.ts';
import type { Span } from '../../../contract/span.ts';
import { fixedText, type Value } from '../../evaluate/values.ts';
import { textOption, type DecoratorUse } from './decorators.ts';

/** What parameters and interceptors say of the body, gathered while they are read. */
export interface BodyDraft {
  at: Span | undefined;
  readonly fields: Map<string, Field>;
  /** There may be further fields. */
  open: boolean;
  required: boolean | undefined;
  upload: Span | undefined;
  readonly gaps: UnknownReason[];
}

export function createBodyDraft(): BodyDraft {
  return { at: undefined, fields: new Map(), open: false, required: undefined, upload: undefined, gaps: [] };
}

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
  const [first] = value.args ?? [];
  const add = (field: Value | string | undefined, many: boolean): void => {
    const text = typeof field === 'string' ? field : field && fixedText(field);
    if (text === undefined) draft.open = true;
    else
      draft.fields.set(text, {
        shape: many ? { kind: 'array', items: { kind: 'binary' } } : { kind: 'binary' },
        at,
      });
    draft.upload ??= at;
    draft.at ??= at;
  };
  if (name === 'FileInterceptor' || name === 'FilesInterceptor') add(first, name === 'FilesInterceptor');
  else if (name === 'FileFieldsInterceptor')
    for (const item of first?.t === 'array' ? first.items : []) add(textOption(item, 'name'), true);
  else if (name === 'AnyFilesInterceptor') add(undefined, true);
}

/** The bodies of the contract. `declared` are the media types of `@ApiConsumes()`. */
export function bodiesFrom(
  draft: BodyDraft,
  parts: CodeOperation['bodies'],
  uses: readonly DecoratorUse[],
): CodeOperation['bodies'] {
  if (!draft.at) return parts;
  const at = draft.at;
  const read = parts.items[0]?.shape;
  const fields: Record<string, Field> = {
    ...(read?.kind === 'object' ? read.fields : {}),
    ...Object.fromEntries(draft.fields),
  };
  const open = draft.open || (read?.kind === 'object' && read.open) || draft.gaps.length > 0;
  const shape: Shape =
    Object.keys(fields).length === 0 && open
      ? { kind: 'unknown', reason: draft.gaps[0] ?? { why: 'dynamic', what: 'body', at } }
      : { kind: 'object', fields, open };
  const declared = uses
    .filter(({ name }) => name === 'ApiConsumes')
    .flatMap(({ args }) => args.flatMap((arg) => fixedText(arg)?.toLowerCase() ?? []));
  const types =
    declared.length > 0 ? declared : draft.upload ? ['multipart/form-data'] : ['application/json'];
  const bodies: Body[] = types.map((mediaType) => ({
    mediaType,
    shape,
    required:
      draft.required === undefined
        ? unknown({ why: 'dynamic', what: 'whether the body is required', at })
        : known(draft.required, 'inferred', at),
    evidence: 'declared',
    at,
  }));
  return collection(bodies, parts.gaps);
}
