/** Differences of parameters as findings. */

import type { OperationName, Severity } from '../../contract/finding.ts';
import { weakest } from '../../contract/knowledge.ts';
import { shapeText } from '../../contract/shape-text.ts';
import type { ParameterDifference, ParameterDifferenceKind } from '../compare/parameters.ts';
import type { ComparedPair } from '../compare/pair.ts';
import type { Detection } from '../define-rule.ts';
import { operationName, pileAt } from './names.ts';

export interface ParameterState {
  readonly operation: OperationName;
  readonly in: string;
  readonly name: string;
  readonly spec: string;
  readonly code: string;
  readonly detail?: string;
  /** The spec is the stricter side: worth knowing, and nobody is refused. */
  readonly isReversed?: true;
}

/** What a validator refuses fails; what merely is no value of a written type goes wrong later, or not at all. */
export function ofRefusal({ code, kind, detail }: ParameterDifference): Exclude<Severity, 'off'> {
  if (code.enforced) return 'error';
  return kind === 'values' && detail === undefined ? 'info' : 'warning';
}

/** One finding a parameter; what only the spec is strict about is `info`. */
export function* tellParameters(
  { spec, code, parameters }: ComparedPair,
  kinds: readonly ParameterDifferenceKind[],
  severity: (difference: ParameterDifference) => Exclude<Severity, 'off'> | undefined = () => undefined,
): Iterable<Detection<ParameterState>> {
  const operation = operationName(spec);
  for (const one of parameters) {
    if (!kinds.includes(one.kind)) continue;
    const weight = one.isReversed ? 'info' : severity(one);
    yield {
      at: one.code.at,
      state: {
        operation,
        in: one.spec.in,
        name: one.spec.name,
        spec: shapeText(one.spec.shape),
        code: shapeText(one.code.shape),
        ...(one.detail !== undefined && { detail: one.detail }),
        ...(one.isReversed && { isReversed: true }),
      },
      operation,
      related: [
        { at: one.spec.at, note: 'in the spec' },
        { at: code.at, note: 'the route that reads it' },
      ],
      evidence: weakest(one.spec.evidence, one.code.evidence),
      pile: pileAt(one.code.at, `${one.kind} ${one.spec.in} ${one.spec.name}`),
      ...(weight && { severity: weight }),
    };
  }
}

/** `the query parameter page`. */
export function parameterOf(state: ParameterState): string {
  return `the ${state.in} parameter ${state.name}`;
}
