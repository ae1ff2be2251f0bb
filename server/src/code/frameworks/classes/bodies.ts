/** The request body of a method of a controller: `@Body()` parameters and uploads. */

import { collection, known, unknown, type UnknownReason } from '../../../contract/knowledge.ts';
import type { Body, CodeOperation } from '../../../contract/operation.ts';
import type { Field, Shape } from '../../../contract/shape.ts';
import type { Span } from '../../../contract/span.ts';
import { fixedText } from '../../evaluate/text-parts.ts';
import type { Exchange } from '../http/exchange.ts';
import type { DecoratorUse } from './decorators.ts';

/** What parameters and interceptors say of the body, gathered while they are read. */
export interface BodyDraft {
  at: Span | undefined;
  readonly fields: Map<string, Field>;
  /** A body that is no object. */
  whole: Shape | undefined;
  /** There may be further fields; others are refused. */
  open: boolean;
  strict: boolean;
  /** A pipe checks it. */
  checked: boolean;
  required: boolean | undefined;
  upload: Span | undefined;
  readonly gaps: UnknownReason[];
}

export function createBodyDraft(): BodyDraft {
  return {
    at: undefined,
    fields: new Map(),
    whole: undefined,
    open: false,
    strict: false,
    checked: false,
    required: undefined,
    upload: undefined,
    gaps: [],
  };
}

/** A pipe refuses a request without the file. */
export function requireFiles({ fields }: BodyDraft): void {
  for (const [name, field] of fields)
    if (field.shape.kind === 'binary') fields.set(name, { ...field, required: true });
}

/** The bodies of the contract. `declared` are the media types of `@ApiConsumes()`. */
export function bodiesFrom(
  draft: BodyDraft,
  parts: CodeOperation['bodies'],
  uses: readonly DecoratorUse[],
  { bodyDemands }: Exchange,
): CodeOperation['bodies'] {
  if (!draft.at) return parts;
  const at = draft.at;
  const read = parts.items[0]?.shape;
  const fields: Record<string, Field> = {
    ...(read?.kind === 'object' ? read.fields : {}),
    ...Object.fromEntries(draft.fields),
  };
  const open = draft.open || (read?.kind === 'object' && read.open) || draft.gaps.length > 0;
  const isDemanded = read !== undefined && bodyDemands.length > 0 && draft.fields.size === 0;
  const shape: Shape = isDemanded
    ? read
    : draft.whole && draft.fields.size === 0
      ? draft.whole
      : Object.keys(fields).length === 0 && open
        ? { kind: 'unknown', reason: draft.gaps[0] ?? { why: 'dynamic', what: 'body', at } }
        : { kind: 'object', fields, open, ...(draft.strict && !open && { strict: true }) };
  const declared = uses
    .filter(({ name }) => name === 'ApiConsumes')
    .flatMap(({ args }) => args.flatMap((arg) => fixedText(arg)?.toLowerCase() ?? []));
  const types =
    declared.length > 0 ? declared : draft.upload ? ['multipart/form-data'] : ['application/json'];
  const isDefault = declared.length === 0 && !draft.upload;
  const bodies: Body[] = types.map((mediaType) => ({
    mediaType,
    // Nest registers both parsers unless it is told not to.
    ...(isDefault && { alike: ['application/x-www-form-urlencoded'] }),
    shape,
    required:
      draft.required === undefined
        ? unknown({ why: 'dynamic', what: 'whether the body is required', at })
        : known(draft.required, 'inferred', at),
    evidence: 'declared',
    at,
    ...((isDemanded || draft.checked) && { enforced: true }),
  }));
  const needsFiles = [...draft.fields.values()].some(({ required }) => required === true);
  const hasMore = draft.whole !== undefined || Object.keys(fields).length > draft.fields.size;
  // A parser of forms with files hands on what is none: JSON reaches the same parameters, as long as no file is asked for.
  const others: readonly UnknownReason[] =
    draft.upload && declared.length === 0 && hasMore && !needsFiles
      ? [{ why: 'dynamic', what: 'other media types with the same fields', at: draft.upload }]
      : [];
  return collection(bodies, [...parts.gaps, ...others]);
}
