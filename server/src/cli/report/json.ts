/** Reports for programs. The format is described in server/docs/json-format.md; `version` changes when it breaks. */

import type { Finding, Problem } from '../../contract/finding.ts';
import type { UnknownReason } from '../../contract/knowledge.ts';
import type { CodeContract, CodeOperation } from '../../contract/operation.ts';
import { formatPath, type Path } from '../../contract/path.ts';
import type { Span } from '../../contract/span.ts';
import type { Judgement } from '../../drift/run.ts';
import type { Snapshot } from '../../engine/snapshot.ts';
import { specPaths } from '../../link/spec-path.ts';
import type { LintOutcome } from '../commands/lint.ts';
import type { Place, Places } from '../places.ts';
import { kpisOf, shareOf, type KpiId } from '../../engine/kpis.ts';
import type { Measures } from '../../engine/measures.ts';
import { reasonPlace, reasonText } from '../../contract/reasons.ts';

const version = 1;

export function checkJson(
  snapshot: Snapshot,
  { findings, ignored, known, gone }: Judgement,
  measures: Measures,
  places: Places,
): string {
  const kpis = kpisOf(measures);
  const share = (id: KpiId): number | null => {
    const kpi = kpis.find((each) => each.id === id);
    return (kpi && shareOf(kpi)) ?? null;
  };
  return print({
    version,
    specs: snapshot.specs.map((spec) => ({
      file: spec.file,
      title: spec.title,
      version: spec.version,
      operations: spec.operations.items.length,
    })),
    roots: snapshot.codes.map((code) => ({
      root: code.root,
      frameworks: code.frameworks,
      routes: code.operations.items.length,
      complete: code.operations.complete,
    })),
    bindings: snapshot.links.map((link) => ({
      specs: link.specs.map((spec) => spec.file),
      roots: link.codes.map((code) => code.root),
    })),
    findings: [
      ...findings.map((finding) => findingJson(finding, places)),
      ...snapshot.problems.map((problem) => problemJson(problem, places)),
    ],
    skipped: snapshot.skipped,
    unknowns: measures.unknowns.map(({ reason, about, count }) => ({
      about,
      count,
      ...unknownJson(reason, places),
    })),
    summary: {
      ...measures.findings,
      ignored,
      known,
      gone: gone.length,
      routes: measures.routes,
      documented: measures.documented,
      coverage: share('coverage'),
      operations: measures.operations,
      drifted: measures.drifted,
      driftRate: share('drift'),
      untold: measures.untold,
      cannotTell: share('unknown'),
      lintHealth: share('lint'),
    },
  });
}

export function lintJson({ documents, findings, problems }: LintOutcome, places: Places): string {
  const summary = { error: 0, warning: 0, info: 0 };
  for (const { severity } of [...findings, ...problems]) summary[severity] += 1;
  return print({
    version,
    documents,
    findings: [
      ...findings.map((finding) => findingJson(finding, places)),
      ...problems.map((problem) => problemJson(problem, places)),
    ],
    summary,
  });
}

export function routesJson(snapshot: Snapshot, places: Places): string {
  return print({
    version,
    routes: snapshot.codes.flatMap((code) => {
      const named = specPaths(snapshot.links, code);
      return code.operations.items.map((operation) => routeJson(code, operation, named, places));
    }),
    unread: snapshot.codes.flatMap((code) => [
      ...code.operations.gaps.map((gap) => ({ root: code.root, ...unknownJson(gap, places) })),
      ...code.opaque.map((area) => ({
        root: code.root,
        prefix: formatPath(area.prefix),
        ...(area.method === undefined ? {} : { method: area.method }),
        ...unknownJson(area.reason, places),
      })),
    ]),
    findings: snapshot.problems.map((problem) => problemJson(problem, places)),
  });
}

/** `path` is what the spec would call it; `served` is where the server has it, if that differs. */
function routeJson(
  code: CodeContract,
  operation: CodeOperation,
  named: (operation: CodeOperation, path: Path) => Path,
  places: Places,
): object {
  const { key, at, origin } = operation;
  const place = places.of(at);
  const path = named(operation, key.path);
  const variants = key.variants.map((variant) => named(operation, variant));
  return {
    protocol: key.protocol,
    method: key.method,
    path: formatPath(path),
    paths: [path, ...variants].map(formatPath),
    ...(path === key.path ? {} : { served: formatPath(key.path) }),
    file: at.file,
    line: place.start.line,
    column: place.start.column,
    root: code.root,
    framework: origin.framework,
    group: origin.group.title,
    ...(origin.handler === undefined
      ? {}
      : { handler: { name: origin.handler.name, ...lineOf(origin.handler.at, places) } }),
    ...(origin.base === undefined ? {} : { base: origin.base }),
    ...(origin.conditional === undefined ? {} : { conditional: true }),
    ...(origin.hidden === undefined ? {} : { hidden: origin.hidden }),
    ...(origin.unknownPrefix === undefined ? {} : { unknownPrefix: reasonText(origin.unknownPrefix) }),
  };
}

function findingJson(finding: Finding, places: Places): object {
  return {
    rule: finding.rule,
    severity: finding.severity,
    message: finding.message,
    at: places.of(finding.at),
    ...(finding.operation === undefined ? {} : { operation: finding.operation }),
    ...(finding.operations === undefined ? {} : { operations: finding.operations }),
    ...(finding.fingerprints === undefined ? {} : { fingerprints: finding.fingerprints }),
    ...(finding.coveredBy === undefined ? {} : { coveredBy: finding.coveredBy }),
    related: finding.related.map(({ at, note }) => ({ ...places.of(at), note })),
  };
}

function problemJson({ code, severity, message, at }: Problem, places: Places): object {
  return { rule: code, severity, message, at: places.of(at), related: [] };
}

function unknownJson(reason: UnknownReason, places: Places): object {
  const at = reasonPlace(reason);
  return { why: reason.why, text: reasonText(reason), ...(at === undefined ? {} : { at: places.of(at) }) };
}

function lineOf(span: Span, places: Places): { readonly file: string; readonly line: number } {
  const { file, start }: Place = places.of(span);
  return { file, line: start.line };
}

export function print(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
