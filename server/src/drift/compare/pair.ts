/** Both sides of an operation, compared: bodies of the request and of each answer. */

import { weakest, type Evidence } from '../../contract/knowledge.ts';
import type { Body, CodeOperation, Output, SpecOperation } from '../../contract/operation.ts';
import type { Link, MatchedPair } from '../../contract/pair.ts';
import type { Shape, Shapes } from '../../contract/shape.ts';
import { documentsType } from '../http/media-types.ts';
import { isError } from '../http/statuses.ts';
import { atTimes } from './alternatives.ts';
import type { Comparison, Difference, DifferenceKind, DifferenceSide } from './comparison.ts';
import { createCompare, type Compare } from './compare.ts';
import { isForm, namesAlone } from './forms.ts';
import { createNormaliser } from './normal.ts';
import { compareParameters, type ParameterDifference } from './parameters.ts';
import { leadsTo } from './paths.ts';

/** A difference between bodies, by its sides. */
export interface BodyDifference {
  readonly kind: DifferenceKind;
  readonly path: string;
  readonly spec: DifferenceSide;
  readonly code: DifferenceSide;
  readonly detail?: string;
  readonly isStated?: true;
  readonly breaks: boolean;
  readonly evidence: Evidence;
  /** A validator of the code refuses what it does not take. */
  readonly isEnforced?: true;
  /** Undefined for the request. */
  readonly status?: string;
  /** Other answers of this status look otherwise. */
  readonly isOneOf?: true;
  /** What is missing is missing in a type, and a value of it may have more. */
  readonly isTyped?: true;
  /** Each side that has the field may leave it out. */
  readonly isOptional?: true;
}

export interface ComparedPair {
  readonly spec: SpecOperation;
  readonly code: CodeOperation;
  /** What the spec allows a client to send, and the code does not take. */
  readonly refused: readonly BodyDifference[];
  /** What the code takes, and the spec does not allow. */
  readonly accepted: readonly BodyDifference[];
  /** What the code may send, and the spec does not allow. */
  readonly sent: readonly BodyDifference[];
  readonly parameters: readonly ParameterDifference[];
}

export type ComparePair = (pair: MatchedPair) => ComparedPair;

/** What `ref`s of either side lead to. */
export interface Tables {
  readonly promised: Shapes;
  readonly served: Shapes;
}

export function tablesOf({ specs, codes }: Pick<Link, 'specs' | 'codes'>): Tables {
  return { promised: tableOf(specs), served: tableOf(codes) };
}

export function createComparePair({ promised, served }: Tables): ComparePair {
  const refuses = createCompare({ left: promised, right: served, direction: 'request', trust: 'exact' });
  const accepts = createCompare({ left: served, right: promised, direction: 'request', trust: 'types' });
  const sends = createCompare({ left: served, right: promised, direction: 'response', trust: 'types' });
  const servedForm = createNormaliser(served);
  const asked = (spec: SpecOperation, code: CodeOperation): readonly BodyPair[] =>
    spec.bodies.complete
      ? [
          ...pairsOf(spec.bodies.items, code.bodies.items),
          ...formsOf(spec.bodies.items, code.bodies.items).map(([form, body]): BodyPair => [
            namesAlone(form, promised),
            namesAlone(body, served),
          ]),
        ]
      : [];
  return ({ spec, code }) => ({
    spec,
    code,
    refused: asked(spec, code).flatMap(([promise, body]) =>
      oriented(refuses, promise, body, 'spec').filter((one) => body.enforced || isOfTypes(one)),
    ),
    accepted: asked(spec, code).flatMap(([promise, body]) =>
      oriented(accepts, promise, body, 'code').filter((one) => body.enforced || isOfTypes(one)),
    ),
    sent: responsePairs(spec, code).flatMap(({ promise, body, status, others }) => {
      const isThere = (path: string): boolean =>
        others.some((other) => leadsTo(servedForm, other, path) !== 'no');
      const compare: Compare = (left, right, places) => atTimes(sends(left, right, places), isThere);
      return oriented(compare, promise, body, 'code').map((one) => ({
        ...one,
        status,
        ...(others.length > 0 && { isOneOf: true as const }),
      }));
    }),
    parameters: compareParameters(spec, code, promised, served),
  });
}

/** A written type refuses nobody's format: what is a `Date` to the handler was made of some text. */
function isOfTypes({ kind, evidence }: BodyDifference): boolean {
  // Who reads fields of a body need not want an object: it may be an item of a list.
  if (kind === 'container') return evidence === 'declared';
  return kind !== 'format' && kind !== 'limits';
}

/** Names of shapes hold the file that they stand in, so the tables of several contracts are one. */
function tableOf(contracts: readonly { readonly shapes?: Shapes }[]): Shapes {
  return Object.assign({}, ...contracts.map(({ shapes }) => shapes ?? {})) as Shapes;
}

function oriented(
  compare: Compare,
  spec: Body,
  code: Body,
  left: 'spec' | 'code',
): readonly BodyDifference[] {
  const [first, second] = left === 'spec' ? [spec, code] : [code, spec];
  const { differences }: Comparison = compare(first.shape, second.shape, {
    left: first.at,
    right: second.at,
  });
  const evidence = weakest(spec.evidence, code.evidence);
  return differences.map(({ left: mine, right: theirs, ...rest }: Difference): BodyDifference => ({
    ...rest,
    spec: left === 'spec' ? mine : theirs,
    code: left === 'spec' ? theirs : mine,
    evidence,
    ...(code.enforced && { isEnforced: true }),
  }));
}

type BodyPair = readonly [spec: Body, code: Body];

function formsOf(spec: readonly Body[], code: readonly Body[]): readonly BodyPair[] {
  return code.filter(isForm).flatMap((body): readonly BodyPair[] => {
    const form = spec.find(({ mediaType }) => mediaType === body.mediaType);
    return form ? [[form, body]] : [];
  });
}

interface Answer {
  readonly promise: Body;
  readonly body: Body;
  readonly status: string;
  /** What else is sent with this status. */
  readonly others: readonly Shape[];
}

function responsePairs(spec: SpecOperation, code: CodeOperation): readonly Answer[] {
  return code.outputs.items.flatMap(({ status, bodies }) => {
    const promise = promiseFor(spec, status);
    if (!promise?.bodies.complete) return [];
    const [gap] = bodies.gaps;
    return pairsOf(promise.bodies.items, bodies.items).map(([one, body]): Answer => {
      const others = bodies.items.filter((other) => other !== body).map(({ shape }) => shape);
      return {
        promise: one,
        body,
        status,
        others: gap ? [...others, { kind: 'unknown', reason: gap }] : others,
      };
    });
  });
}

/** The response that describes a status: its own, that of its range, or for errors the default (OpenAPI 3.1 section 4.8.16). */
function promiseFor({ outputs }: SpecOperation, status: string): Output | undefined {
  const find = (wanted: string): Output | undefined => outputs.items.find((one) => one.status === wanted);
  return find(status) ?? find(`${status.charAt(0)}XX`) ?? (isError(status) ? find('default') : undefined);
}

/** Bodies of one media type; what is no JSON is text or bytes on the wire, and only its reader knows what they mean. */
function pairsOf(spec: readonly Body[], code: readonly Body[]): readonly BodyPair[] {
  const described = spec.filter(({ mediaType }) => isJson(mediaType));
  const [only] = described;
  return code.flatMap((body): BodyPair[] => {
    if (body.mediaType === '*')
      return only && described.length === 1 && spec.length === 1 ? [[only, body]] : [];
    if (!isJson(body.mediaType)) return [];
    const promise =
      described.find(({ mediaType }) => mediaType === body.mediaType) ??
      described.find(({ mediaType }) => documentsType(mediaType, body.mediaType));
    return promise ? [[promise, body]] : [];
  });
}

function isJson(mediaType: string): boolean {
  return mediaType === '*' || /^(?:application|text)\/(?:[\w.-]+\+)?json$/.test(mediaType);
}
