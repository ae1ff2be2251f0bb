/** Runs the rules of contract health on a document. */

import type { Finding } from '../../contract/finding.ts';
import { readApi, type Api, type ApiInput } from './api.ts';
import type { Detection, HealthRule } from './define-health-rule.ts';
import { healthRules } from './registry.ts';

/** From this many on they are told as one, as with rules of drift. */
const PILE = 3;
/** Names that the message of a pile lists, and places that it leads to. */
const listed = 3;
const linked = 10;

/** Nothing for what is no OpenAPI document. */
export function checkHealth(input: ApiInput, rules: readonly HealthRule[] = healthRules): readonly Finding[] {
  const api = readApi(input);
  return api ? rules.flatMap((rule) => findingsOf(rule, api)) : [];
}

function findingsOf(rule: HealthRule, api: Api): readonly Finding[] {
  const piles = new Map<string, Detection[]>();
  const single: Detection[] = [];
  for (const detection of rule.check(api)) {
    if (detection.pile === undefined) single.push(detection);
    else piles.set(detection.pile, [...(piles.get(detection.pile) ?? []), detection]);
  }
  const told = [...piles].flatMap(([pile, all]) =>
    all.length >= PILE ? together(rule, api, pile, all) : all.map((one) => finding(rule, one)),
  );
  return [...single.map((one) => finding(rule, one)), ...told];
}

function together(rule: HealthRule, api: Api, pile: string, all: readonly Detection[]): readonly Finding[] {
  const names = [...new Set(all.map(({ subject }) => subject))];
  const rest = names.length - listed;
  const shown = names.slice(0, rest > 1 ? listed : names.length).join(', ');
  const text = rest > 1 ? `${shown} and ${rest} more` : shown;
  const said = rule.together?.(api, all.length, text, pile);
  if (!said) return all.map((one) => finding(rule, one));
  const related = all.slice(0, linked).map(({ at, subject }) => ({ at, note: subject }));
  const [first] = all;
  const severity = first?.severity && { severity: first.severity };
  // Who mends it mends it everywhere.
  const state = { places: all.map(({ at }) => at) };
  return [{ ...finding(rule, { ...said, related, subject: '', ...severity }), state }];
}

function finding({ id, severity: standard }: HealthRule, detection: Detection): Finding {
  const { at, message, related = [], severity = standard } = detection;
  return { rule: id, severity, message, at, related };
}
