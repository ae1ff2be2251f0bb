/**
 * Code lenses: one above each route, one above each operation.
 *
 * INVARIANT: whether there is a lens depends on the route alone (in a spec also on whether there is a server), and never on what was found about it: a finding that
 * comes or goes changes a text and moves nothing.
 */

import type { Finding } from '../../contract/finding.ts';
import { reasonText } from '../../contract/reasons.ts';
import type { FileId, Span } from '../../contract/span.ts';
import type { Entry } from '../../engine/entries.ts';
import type { FeatureIndex } from './feature-index.ts';
import { handlerLabel, handlerTarget } from './handlers.ts';
import { isDrift } from '../../engine/measures.ts';

export interface Lens {
  readonly at: Span;
  readonly title: string;
  /** Where a click goes: none for a lens that only says something, several are peeked at. */
  readonly targets: readonly Span[];
}

/** The lenses of a file from its top to its end. */
export function codeLenses(index: FeatureIndex, file: FileId): readonly Lens[] {
  const entries = index.entriesIn(file);
  const lenses = index.specFiles.has(file) ? specLenses(index, file, entries) : routeLenses(file, entries);
  return [...lenses].sort((a, b) => a.at.start - b.at.start);
}

/** Routes of one registration share a lens where there are more of them than a line can hold. */
const shown = 3;

function routeLenses(file: FileId, entries: readonly Entry[]): readonly Lens[] {
  const byPlace = new Map<number, Entry[]>();
  for (const entry of entries) {
    if (entry.code?.at.file !== file) continue;
    const list = byPlace.get(entry.code.at.start);
    if (list) list.push(entry);
    else byPlace.set(entry.code.at.start, [entry]);
  }
  return [...byPlace.values()].flatMap((group): readonly Lens[] => {
    const [first] = group;
    if (!first?.code) return [];
    const { at } = first.code;
    const routes = distinct(group);
    if (routes.length <= shown) {
      return routes.map((same) => ({ at, title: routeTitle(same), targets: specPlaces(same) }));
    }
    const drifts = driftCount(group);
    const title = [`${routes.length} routes`, ...(drifts === 0 ? [] : [driftText(drifts)])].join(' · ');
    return [{ at, title, targets: specPlaces(group) }];
  });
}

/** The same route in several specs is one route. */
function distinct(entries: readonly Entry[]): readonly (readonly Entry[])[] {
  const routes = new Map<string, Entry[]>();
  for (const entry of entries) {
    const name = `${entry.method} ${entry.path}`;
    const list = routes.get(name);
    if (list) list.push(entry);
    else routes.set(name, [entry]);
  }
  return [...routes.values()];
}

function specPlaces(entries: readonly Entry[]): readonly Span[] {
  return entries.flatMap(({ spec }) => (spec ? [spec.at] : []));
}

function routeTitle(entries: readonly Entry[]): string {
  const [first] = entries;
  if (!first) return '';
  const name = `${first.method} ${first.path}`;
  // The full path is worth a lens; that there is no spec is worth none above every route.
  if (!entries.some(({ compared }) => compared)) return name;
  const drifts = driftCount(entries);
  return [
    `${first.method} ${first.path}`,
    stateText(entries),
    ...(drifts === 0 ? [] : [driftText(drifts)]),
  ].join(' · ');
}

function stateText(entries: readonly Entry[]): string {
  if (entries.some(({ spec, state }) => spec !== undefined && state !== 'unknown' && state !== 'aside'))
    return 'documented';
  const [first] = entries;
  if (first?.state === 'undocumented') return 'not documented';
  if (first?.code?.origin.hidden !== undefined) return 'hidden from the spec';
  if (first?.spec) return 'may be documented';
  return first?.reason?.why === 'aside' ? 'not documented' : 'cannot tell if documented';
}

/** Drift beyond the missing other side, which the lens says anyway. */
function driftCount(entries: readonly Entry[]): number {
  const findings = new Set<Finding>();
  for (const entry of entries) {
    if (entry.state === 'undocumented' || entry.state === 'unimplemented') continue;
    for (const finding of entry.findings) if (isDrift(finding)) findings.add(finding);
  }
  return findings.size;
}

function driftText(count: number): string {
  return `${count} ${count === 1 ? 'drift' : 'drifts'}`;
}

function specLenses(index: FeatureIndex, file: FileId, entries: readonly Entry[]): readonly Lens[] {
  const byPlace = new Map<number, Entry[]>();
  for (const entry of entries) {
    if (entry.spec?.at.file !== file || !entry.compared) continue;
    const list = byPlace.get(entry.spec.at.start);
    if (list) list.push(entry);
    else byPlace.set(entry.spec.at.start, [entry]);
  }
  return [...byPlace.values()].flatMap((group): readonly Lens[] => {
    const at = group[0]?.spec?.at;
    return at
      ? [
          {
            at,
            title: operationTitle(index, group),
            targets: group.flatMap(({ code }) => (code ? [handlerTarget(index, code).at] : [])),
          },
        ]
      : [];
  });
}

function operationTitle(index: FeatureIndex, entries: readonly Entry[]): string {
  const handlers = [...new Set(entries.flatMap(({ code }) => (code ? [handlerLabel(index, code)] : [])))];
  const drifts = driftCount(entries);
  const drift = drifts === 0 ? [] : [driftText(drifts)];
  const [first] = entries;
  if (handlers.length > 0) {
    const verb = entries.every(({ state }) => state === 'unknown' || state === 'aside')
      ? 'may be served by'
      : 'served by';
    const names = handlers.length > shown ? `${handlers.length} handlers` : handlers.join(', ');
    return [`${verb} ${names}`, ...drift].join(' · ');
  }
  if (first?.state === 'unimplemented') return 'not served by the code';
  if (first?.reason?.why === 'aside') return first.reason.fact;
  return `cannot tell who serves it${first?.reason ? `: ${reasonText(first.reason)}` : ''}`;
}
