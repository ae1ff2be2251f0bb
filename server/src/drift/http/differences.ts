/** Differences of bodies as findings: those of one cause are one. */

import type { OperationName, Related, Severity } from '../../contract/finding.ts';
import { weakest } from '../../contract/knowledge.ts';
import type { Span } from '../../contract/span.ts';
import type { DifferenceKind } from '../compare/comparison.ts';
import type { BodyDifference, ComparedPair } from '../compare/pair.ts';
import { sibling } from '../compare/paths.ts';
import type { Detection } from '../define-rule.ts';
import { listed, operationName, pileAt } from './names.ts';
import { isCode, isError } from './statuses.ts';

export interface FieldState {
  readonly operation: OperationName;
  /** Undefined for the request. */
  readonly status?: string;
  /** As people write it: `legs[].from`; empty for the whole body. */
  readonly field: string;
  /** Names of all the fields that the finding speaks of. */
  readonly names: readonly string[];
  readonly spec: string;
  readonly code: string;
  readonly detail?: string;
  /** The side that is stricter is the other one: worth knowing, and nobody is refused. */
  readonly isReversed?: true;
  /** Other answers of this status look otherwise. */
  readonly isOneOf?: true;
  /** The code says so with a type. */
  readonly isTyped?: true;
  /** Each side that has the fields may leave them out. */
  readonly isOptional?: true;
}

export interface Telling {
  readonly kinds: readonly DifferenceKind[];
  /** Where the finding stands; the other side is related. */
  readonly at: 'spec' | 'code';
  readonly reversed?: true;
  readonly severity?: (difference: BodyDifference) => Exclude<Severity, 'off'> | undefined;
}

/** Differences that speak of whole bodies, whose fields there is nothing to say of. */
export function isWhole({ path, kind }: BodyDifference): boolean {
  return path === '$' && /^(?:type|container|fields|alternatives)$/.test(kind);
}

export function isRenamed({ kind }: BodyDifference): boolean {
  return kind === 'renamed';
}

/** Answers of errors have a rule of their own: they are made in one place for many operations. */
export function isAnswer({ status }: BodyDifference): boolean {
  return status !== undefined && isCode(status) && !isError(status);
}

/** What a validator refuses fails; what merely is no value of a written type goes wrong later, or not at all. */
export function ofRefusal({ isEnforced, kind, detail }: BodyDifference): Exclude<Severity, 'off'> {
  if (isEnforced) return 'error';
  const isSilent = kind === 'values' && detail === undefined;
  return kind === 'optional' || isSilent ? 'info' : 'warning';
}

const ofFields: ReadonlySet<DifferenceKind> = new Set(['missing', 'optional', 'extra', 'absent']);

/** One finding for fields of one object that drifted in the same way, and for one field wherever it is written. */
export function* tellDifferences(
  { spec, code }: Pick<ComparedPair, 'spec' | 'code'>,
  differences: readonly BodyDifference[],
  { kinds, at, severity, reversed }: Telling,
): Iterable<Detection<FieldState>> {
  const operation = operationName(spec);
  const groups = new Map<string, BodyDifference[]>();
  for (const one of differences) {
    if (!kinds.includes(one.kind)) continue;
    const place = ofFields.has(one.kind) || one.kind === 'limits' ? parentOf(one.path) : one.path;
    // Limits of several fields are one fault where they are the same.
    const limits = one.kind === 'limits' ? `${one.spec.text} ${one.code.text} ${String(one.isStated)}` : '';
    const key = `${one.kind} ${one.status ?? ''} ${place} ${limits}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  for (const group of groups.values()) {
    const [first] = group;
    if (!first) continue;
    const other = at === 'code' ? 'spec' : 'code';
    const place = first[at].at ?? (at === 'code' ? code.at : spec.at);
    const names = [...new Set(group.map(({ path }) => nameOf(path)))];
    const weight = severity?.(first);
    const path =
      first.kind === 'renamed' && first.spec.name !== undefined
        ? sibling(first.path, first.spec.name)
        : first.path;
    yield {
      at: place,
      state: {
        operation,
        ...(first.status !== undefined && { status: first.status }),
        field: fieldText(names.length > 1 ? parentOf(path) : path),
        names,
        spec: first.spec.name ?? first.spec.text,
        code: first.code.name ?? first.code.text,
        ...(first.detail !== undefined && { detail: detailsOf(group) }),
        ...(reversed && { isReversed: true }),
        ...(group.every(({ isOneOf }) => isOneOf) && { isOneOf: true }),
        ...(group.some(({ isTyped }) => isTyped) && { isTyped: true }),
        ...(group.every(({ isOptional }) => isOptional) && { isOptional: true }),
      },
      operation,
      related: relatedOf(group, at, other, place),
      evidence: group.map(({ evidence }) => evidence).reduce((a, b) => weakest(a, b)),
      pile: pileAt(place, `${first.kind} ${names.join(' ')} ${first.spec.text} ${first.code.text}`),
      ...(weight && { severity: weight }),
    };
  }
}

function detailsOf(group: readonly BodyDifference[]): string {
  return [...new Set(group.flatMap(({ detail }) => detail?.split(', ') ?? []))].join(', ');
}

function relatedOf(
  group: readonly BodyDifference[],
  at: 'spec' | 'code',
  other: 'spec' | 'code',
  place: Span,
): readonly Related[] {
  const places = new Map<string, Related>();
  const add = (where: Span | undefined, note: string): void => {
    if (!where || (where.file === place.file && where.start === place.start)) return;
    const key = `${where.file} ${where.start}`;
    if (!places.has(key)) places.set(key, { at: where, note });
  };
  for (const one of group) add(one[other].at, other === 'spec' ? 'in the spec' : 'in the code');
  for (const one of group) add(one[at].at, `${nameOf(one.path)} here`);
  return [...places.values()];
}

/** `$.legs[*].from` is `legs[].from`. */
function fieldText(path: string): string {
  return path.replace(/^\$\.?/, '').replaceAll('[*]', '[]');
}

function nameOf(path: string): string {
  const last = fieldText(path).replace(/(?:\[\])+$/, '');
  return /\["(.*)"\]$/.exec(last)?.[1] ?? last.split('.').at(-1) ?? last;
}

function parentOf(path: string): string {
  return path.replace(/(?:\.[A-Za-z_$][\w$]*|\["(?:[^"\\]|\\.)*"\])$/, '');
}

/** `seats in the request body`, `the 200 response`. */
export function fieldOfBody({ status, field }: FieldState): string {
  const body = status === undefined ? 'the request body' : `the ${status} response`;
  return field === '' ? body : `${field} in ${body}`;
}

export function codeSends({ isOneOf }: FieldState): string {
  return isOneOf ? 'the code may send' : 'the code sends';
}

/** `name and seats in the request body`: every field of a group. */
export function fieldsOfBody(state: FieldState): string {
  if (state.names.length < 2) return fieldOfBody(state);
  const isItems = /^(?:\[\])+$/.test(state.field);
  const within = state.field === '' ? '' : isItems ? ' of the items' : ` of ${state.field}`;
  const body = state.status === undefined ? 'the request body' : `the ${state.status} response`;
  return `${listed(state.names, 8)}${within} in ${body}`;
}
