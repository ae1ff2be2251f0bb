/** Parameters compared: both sides describe texts on the wire, whatever types they give them. */

import type { CodeOperation, Input, SpecOperation } from '../../contract/operation.ts';
import type { Shape, Shapes } from '../../contract/shape.ts';
import { parameterKey } from '../http/parameters.ts';
import { createNormaliser, type Normal } from './normal.ts';
import {
  type Answer,
  compareNumbers,
  compareTexts,
  formatOf,
  isLimited,
  isLimitedLike,
  isPlainText,
} from './scalars.ts';

export type ParameterDifferenceKind = 'type' | 'container' | 'values' | 'format' | 'limits' | 'required';

export interface ParameterDifference {
  readonly kind: ParameterDifferenceKind;
  readonly spec: Input;
  readonly code: Input;
  readonly detail?: string;
  /** The spec says something of it, too. */
  readonly isStated?: true;
  /** The spec is the stricter side. */
  readonly isReversed?: true;
}

type Found = Omit<ParameterDifference, 'spec' | 'code'>;

export function compareParameters(
  spec: SpecOperation,
  code: CodeOperation,
  promised: Shapes,
  served: Shapes,
): readonly ParameterDifference[] {
  const [specForm, codeForm] = [createNormaliser(promised), createNormaliser(served)];
  const read = new Map(code.inputs.items.map((input) => [parameterKey(input), input]));
  return spec.inputs.items.flatMap((input) => {
    const other = read.get(parameterKey(input));
    if (!other || other.accepted) return [];
    const found = [
      ...compareRequired(input, other),
      ...compareWire(specForm(input.shape), codeForm(other.shape), specForm, codeForm),
    ];
    return found
      .filter(({ kind }) => other.enforced || (kind !== 'format' && kind !== 'limits'))
      .map((one): ParameterDifference => ({ ...one, spec: input, code: other }));
  });
}

function compareRequired(spec: Input, code: Input): readonly Found[] {
  if (spec.in === 'path' || !spec.required.known || !code.required.known || !code.enforced) return [];
  if (spec.required.value === code.required.value) return [];
  return [{ kind: 'required', ...(spec.required.value && { isReversed: true }) }];
}

type FormOf = (shape: Shape) => Normal;

/** What the spec allows and the code refuses; then literals that only the code knows. */
function compareWire(a: Normal, b: Normal, specForm: FormOf, codeForm: FormOf): readonly Found[] {
  if (a.more || b.more || a.fewer || b.fewer || isEmpty(a) || isEmpty(b)) return [];
  if (b.texts.some(isPlainText)) return [];
  const found = [
    ...a.texts.flatMap((text): readonly Found[] => {
      if (b.texts.length > 0) return told(compareTexts(text, b.texts, true), hasFormat(a), isLimited(text));
      if (b.lists.length > 0) return [{ kind: 'container' }];
      return text.values?.every((value) => isWritten(value, b)) ? [] : [{ kind: 'type' }];
    }),
    ...a.numbers.flatMap((number): readonly Found[] => {
      if (b.numbers.length > 0)
        return told(compareNumbers(number, b.numbers, true), false, isLimitedLike(number, b.numbers));
      if (b.texts.length > 0) return b.texts.every(isWords) ? [{ kind: 'type' }] : [];
      return [{ kind: b.lists.length > 0 ? 'container' : 'type' }];
    }),
    ...a.booleans.slice(0, 1).flatMap((): readonly Found[] => {
      if (b.booleans.length > 0 || b.numbers.length > 0) return [];
      if (b.texts.length > 0)
        return b.texts.every(
          ({ values }) => values && !values.some((value) => /^(?:true|false)$/.test(value)),
        )
          ? [{ kind: 'type' }]
          : [];
      return [{ kind: 'container' }];
    }),
    ...a.lists.flatMap((list): readonly Found[] => {
      const [other] = b.lists;
      if (other) return compareWire(specForm(list.items), codeForm(other.items), specForm, codeForm);
      // A text may be a list with commas in it.
      return b.texts.length > 0 ? [] : [{ kind: 'container' }];
    }),
  ];
  const [first] = found;
  return first ? [first] : moreValues(a, b);
}

function moreValues(a: Normal, b: Normal): readonly Found[] {
  if (!a.texts.some(({ values }) => values)) return [];
  return b.texts.flatMap((text): readonly Found[] => {
    const answer = text.values && compareTexts(text, a.texts, true);
    return answer?.holds === 'no' && answer.failing === 'values'
      ? [{ kind: 'values', detail: answer.detail ?? '', isReversed: true }]
      : [];
  });
}

function told(answer: Answer, hasOwnFormat: boolean, hasLimits: boolean): readonly Found[] {
  if (answer.holds !== 'no') return [];
  const { failing: kind, detail } = answer;
  const isStated = kind === 'format' ? hasOwnFormat : kind === 'limits' && hasLimits;
  return [{ kind, ...(detail !== undefined && { detail }), ...(isStated && { isStated: true }) }];
}

function hasFormat({ texts }: Normal): boolean {
  return texts.some((text) => formatOf(text) !== undefined);
}

function isEmpty({ texts, numbers, booleans, lists }: Normal): boolean {
  return texts.length + numbers.length + booleans.length + lists.length === 0;
}

/** Is this how one of the other types is written? */
function isWritten(value: string, { numbers, booleans }: Normal): boolean {
  return (
    (numbers.length > 0 && value !== '' && Number.isFinite(Number(value))) ||
    (booleans.length > 0 && /^(?:true|false|0|1)$/.test(value))
  );
}

/** Is no number written so: are there only other literals, or is it a format that has more than digits? */
function isWords(text: Normal['texts'][number]): boolean {
  const format = formatOf(text);
  return (
    format === 'uuid' ||
    format === 'email' ||
    text.values?.every((value) => value === '' || Number.isNaN(Number(value))) === true
  );
}
