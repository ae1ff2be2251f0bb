/** Runs the rules of contract health on a document. */

import type { Finding } from '../../contract/finding.ts';
import { createKept, readApi, type Api, type DocumentState } from './api.ts';
import type { Detection, HealthRule } from './define-health-rule.ts';
import { operationsOf } from './operations.ts';
import { healthRules } from './registry.ts';

/** From this many on they are told as one, as with rules of drift. */
const PILE = 3;
/** Names that the message of a pile lists, and places that it leads to. */
const listed = 3;
const linked = 10;

/** Contract health of one document, state after state: what an edit did not touch is not looked at again. */
export interface Health {
  /** Nothing for what is no OpenAPI document. */
  check(state: DocumentState): readonly Finding[];
}

export function createHealth(rules: readonly HealthRule[] = healthRules): Health {
  const kept = createKept();
  return {
    check(state) {
      const api = readApi(state, kept);
      return api ? findingsIn(api, rules) : [];
    },
  };
}

export function checkHealth(state: DocumentState, rules?: readonly HealthRule[]): readonly Finding[] {
  return createHealth(rules).check(state);
}

function findingsIn(api: Api, rules: readonly HealthRule[]): readonly Finding[] {
  const seen = rules.map((): unknown[] => []);
  let operations = 0;
  for (const item of api.pathItems) {
    const looked = api.once(item.entry, rules, () => {
      const all = operationsOf(api, item);
      const looksOf = (rule: HealthRule): readonly unknown[] =>
        all.map((operation) => rule.look(operation, api)).filter((look) => look !== undefined);
      return { operations: all.length, looks: rules.map(looksOf) };
    });
    operations += looked.operations;
    looked.looks.forEach((looks, index) => seen[index]?.push(...looks));
  }
  return rules.flatMap((rule, index) => findingsOf(rule, api, seen[index] ?? [], operations));
}

function findingsOf(
  rule: HealthRule,
  api: Api,
  looks: readonly unknown[],
  operations: number,
): readonly Finding[] {
  const piles = new Map<string, Detection[]>();
  const single: Detection[] = [];
  for (const detection of rule.check(api, { looks, operations })) {
    const { pile } = detection;
    const all = pile === undefined ? single : (piles.get(pile) ?? []);
    all.push(detection);
    if (pile !== undefined) piles.set(pile, all);
  }
  const told = [...piles].flatMap(([pile, all]) =>
    all.length >= PILE
      ? together(rule, api, pile, all, operations)
      : all.map((one) => finding(rule, api, one)),
  );
  return [...single.map((one) => finding(rule, api, one)), ...told];
}

function together(
  rule: HealthRule,
  api: Api,
  pile: string,
  all: readonly Detection[],
  operations: number,
): readonly Finding[] {
  const names = [...new Set(all.map(({ subject }) => subject))];
  const rest = names.length - listed;
  const shown = names.slice(0, rest > 1 ? listed : names.length).join(', ');
  const text = rest > 1 ? `${shown} and ${rest} more` : shown;
  const said = rule.together?.(api, { count: all.length, listed: text, pile, operations });
  if (!said) return all.map((one) => finding(rule, api, one));
  const related = all.slice(0, linked).map(({ at, subject }) => ({ at, note: subject }));
  const [first] = all;
  const severity = first?.severity && { severity: first.severity };
  // Who mends it mends it everywhere.
  const state = { places: all.map(({ at }) => api.spanOf(at)) };
  return [{ ...finding(rule, api, { ...said, related, subject: '', ...severity }), state }];
}

function finding({ id, severity: standard }: HealthRule, { spanOf }: Api, detection: Detection): Finding {
  const { at, message, related = [], severity = standard } = detection;
  return {
    rule: id,
    severity,
    message,
    at: spanOf(at),
    related: related.map(({ at: other, note }) => ({ at: spanOf(other), note })),
  };
}
