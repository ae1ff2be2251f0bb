/** Every operation of a workspace with both of its sides, its state, and what was found about it. */

import type { Finding } from '../contract/finding.ts';
import type { UnknownReason } from '../contract/knowledge.ts';
import type { CodeOperation, SpecOperation } from '../contract/operation.ts';
import type { CodeOnlyPair, Link, Pair } from '../contract/pair.ts';
import { formatPath, parseTemplate, shapeKey } from '../contract/path.ts';
import type { FileId } from '../contract/span.ts';
import { isDrift } from './measures.ts';
import { grouped, once, placeMap, type PlaceMap } from './lookup.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * `matched`: in spec and code, without a finding. `drift`: in both, and they differ. `undocumented`: in code only.
 * `unimplemented`: in a spec only. `unknown`: whether it has a counterpart cannot be told. `aside`: nobody asks, because
 * it is left out on purpose or there is nothing to compare it with.
 */
export type OperationState = 'matched' | 'drift' | 'undocumented' | 'unimplemented' | 'unknown' | 'aside';

interface Analysed {
  readonly snapshot: Snapshot;
  readonly findings: readonly Finding[];
}

/** One operation: both of its sides, or the one that there is. */
export interface Entry {
  /** The same for the same operation in every `Ready`, as long as neither side moves to another file. */
  readonly id: string;
  readonly method: string;
  /** As the contract writes it. */
  readonly path: string;
  readonly spec?: SpecOperation;
  readonly code?: CodeOperation;
  readonly state: OperationState;
  /** Why nothing is said; only where `state` is `unknown` or `aside`. */
  readonly reason?: UnknownReason;
  /** Is there anything on the other side to compare it with? A spec without a server has not, nor a server without a spec. */
  readonly compared: boolean;
  /** Those that people see: none that another finding says better. */
  readonly findings: readonly Finding[];
}

interface Half {
  readonly spec?: SpecOperation;
  readonly code?: CodeOperation;
  readonly pair?: Pair;
  readonly reason?: UnknownReason;
}

/** In the order of the links: what the specs have, what only code has, then what is linked to nothing. */
export function entriesOf({ snapshot, findings }: Analysed): readonly Entry[] {
  const linked = snapshot.links.filter(({ specs, codes }) => specs.length > 0 && codes.length > 0);
  const halves: Half[] = [
    ...linked.flatMap((link) => link.pairs.map(halfOf)),
    ...loneSpecs(snapshot.specs, linked),
    ...loneRoutes(snapshot.codes, linked),
  ];
  const assigned = assign(halves, findings);
  return distinct(halves.map((half) => entryOf(half, assigned.get(half) ?? [])));
}

function loneSpecs(specs: Snapshot['specs'], linked: readonly Link[]): readonly Half[] {
  const compared = new Set(linked.flatMap((link) => link.specs.map(({ file }) => file)));
  return specs
    .filter(({ file }) => !compared.has(file))
    .flatMap(({ operations }) =>
      operations.items.map((spec) => ({
        spec,
        reason: { why: 'aside', fact: 'no server was found that this spec describes', at: spec.at },
      })),
    );
}

/** Servers without a spec, and routes that nothing was seen to mount, unless a spec means them. */
function loneRoutes(codes: Snapshot['codes'], linked: readonly Link[]): readonly Half[] {
  const compared = new Set(linked.flatMap((link) => link.codes.map(({ root }) => root)));
  const paired = placeMap<CodeOperation>();
  for (const { pairs } of linked)
    for (const pair of pairs) if (pair.state !== 'spec-only') paired.add(pair.code.at, pair.code);
  return codes.flatMap(({ root, operations, detached }): readonly Half[] => [
    ...(compared.has(root) ? [] : operations.items).map((code): Half => ({
      code,
      reason: { why: 'aside', fact: 'no spec describes this server', at: code.at },
    })),
    ...detached
      .filter(
        (code) => !paired.at(code.at.file, code.at.start).some(({ key }) => key.method === code.key.method),
      )
      .map((code): Half => ({
        code,
        reason: code.origin.unknownPrefix ?? {
          why: 'unresolved',
          symbol: 'who mounts this router',
          at: code.at,
        },
      })),
  ]);
}

/** Two applications may serve the same route, and two routers the same spec: it is told once, with all that was found. */
function distinct(entries: readonly Entry[]): readonly Entry[] {
  const unique = new Map<string, Entry>();
  for (const entry of entries) {
    const key = `${entry.id} ${entry.spec?.at.start ?? ''} ${entry.code?.at.start ?? ''}`;
    const known = unique.get(key);
    if (!known || known.findings.length < entry.findings.length) unique.set(key, entry);
  }
  return [...unique.values()];
}

function halfOf(pair: Pair): Half {
  switch (pair.state) {
    case 'matched':
      return { spec: pair.spec, code: pair.code, pair };
    case 'spec-only':
      return { spec: pair.spec, pair, ...(pair.doubt && { reason: pair.doubt }) };
    case 'code-only':
      return { code: pair.code, pair, ...doubtOf(pair) };
  }
}

/** Nobody expects a page or a health check in a spec that speaks of `/api/v1` alone. */
function doubtOf({ code, doubt, outside }: CodeOnlyPair): Pick<Half, 'reason'> {
  if (doubt) return { reason: doubt };
  if (!outside) return {};
  return { reason: { why: 'aside', fact: `the spec speaks of ${outside.join(', ')} only`, at: code.at } };
}

function operationOf({ spec, code }: Half): SpecOperation | CodeOperation {
  const operation = spec ?? code;
  if (!operation) throw new Error('a half has a side');
  return operation;
}

/**
 * Findings name operations by method and path. Where several servers have the same one, the files that a finding
 * mentions tell which is meant.
 */
function assign(halves: readonly Half[], findings: readonly Finding[]): ReadonlyMap<Half, Finding[]> {
  const byName = grouped(halves, (half) => nameOf(operationOf(half)));
  // Each side may call the parameters of a path by names of its own.
  const byShape = once(() =>
    grouped(halves, (half) => {
      const { key } = operationOf(half);
      return `${key.method} ${shapeKey(key.path)}`;
    }),
  );
  const assigned = new Map<Half, Finding[]>();
  const add = (half: Half, finding: Finding): void => {
    const list = assigned.get(half);
    if (!list) assigned.set(half, [finding]);
    else if (!list.includes(finding)) list.push(finding);
  };
  const better = once(() => {
    const places = placeMap<Finding>();
    for (const finding of findings)
      for (const { at } of [finding, ...finding.related]) places.add(at, finding);
    return places;
  });
  for (const finding of findings) {
    const names = finding.operations ?? (finding.operation ? [finding.operation] : []);
    for (const { method, path } of names) {
      const candidates =
        byName.get(`${method} ${path}`) ?? byShape().get(`${method} ${shapeKey(parseTemplate(path))}`) ?? [];
      for (const half of meantBy(finding, candidates)) {
        if (finding.coveredBy === undefined) add(half, finding);
        else
          for (const other of mentioning(better(), half))
            if (other.rule === finding.coveredBy) add(half, other);
      }
    }
  }
  return assigned;
}

/** Findings that tell of two operations at once (a misspelt path) mention each by one of its places. */
function mentioning(findings: PlaceMap<Finding>, { spec, code }: Half): readonly Finding[] {
  const places = [code?.at, spec?.at, spec?.origin.pathAt];
  return places.flatMap((at) => (at ? findings.at(at.file, at.start) : []));
}

function nameOf({ key }: SpecOperation | CodeOperation): string {
  return `${key.method} ${formatPath(key.path)}`;
}

function meantBy(finding: Finding, candidates: readonly Half[]): readonly Half[] {
  if (candidates.length < 2) return candidates;
  const files = new Set([finding.at.file, ...finding.related.map(({ at }) => at.file)]);
  const meant = candidates.filter((half) => mentions(half, files));
  return meant.length > 0 ? meant : candidates;
}

function mentions({ spec, code }: Half, files: ReadonlySet<FileId>): boolean {
  const handler = code?.origin.handler;
  return [spec?.at, code?.at, handler?.at].some((at) => at !== undefined && files.has(at.file));
}

function entryOf(half: Half, findings: readonly Finding[]): Entry {
  const { spec, code } = half;
  const operation = operationOf(half);
  const { method } = operation.key;
  const path = formatPath(operation.key.path);
  const place = spec ? spec.at.file : `${operation.at.file} ${code?.origin.group.title ?? ''}`;
  return {
    id: `${method} ${path} ${place}${spec && code ? ` ${code.at.file}` : ''}`,
    method,
    path,
    ...(spec && { spec }),
    ...(code && { code }),
    ...stateOf(half, findings),
    compared: half.pair !== undefined,
    findings,
  };
}

function stateOf({ pair, reason }: Half, findings: readonly Finding[]): Pick<Entry, 'state' | 'reason'> {
  if (reason) return { state: reason.why === 'aside' ? 'aside' : 'unknown', reason };
  switch (pair?.state) {
    case 'matched':
      if (findings.some(isDrift)) return { state: 'drift' };
      return pair.match.how === 'possible'
        ? {
            state: 'unknown',
            reason: { why: 'dynamic', what: `whether ${pair.code.title} serves it`, at: pair.code.at },
          }
        : { state: 'matched' };
    case 'spec-only':
      return { state: 'unimplemented' };
    case 'code-only':
      return { state: 'undocumented' };
    case undefined:
      return { state: 'unknown', reason: { why: 'pending' } };
  }
}
