/** What Spectral found, as findings with places. */

import type { IRuleResult } from '@stoplight/spectral-core';
import type { DocNode } from '../contract/facts.ts';
import type { Finding, Severity } from '../contract/finding.ts';
import type { FileId } from '../contract/span.ts';
import { placeOf, type JsonPath, type Place } from './document-data.ts';
import { isDeclared, referencesIn, type Reference } from './references.ts';

/** Where things are in a document. */
export interface Places {
  readonly file: FileId;
  placeOf(path: JsonPath): Place;
  references(): readonly Reference[];
  /** Is there something that this reference names other than by a pointer? */
  isDeclared(ref: string): boolean;
}

export function placesIn(file: FileId, root: DocNode): Places {
  return {
    file,
    placeOf: (path) => placeOf(root, path),
    references: () => referencesIn(root),
    isDeclared: (ref) => isDeclared(root, ref),
  };
}

const severities: readonly Exclude<Severity, 'off'>[] = ['error', 'warning', 'info', 'info'];

/**
 * @param home the document that was linted
 * @param documentOf those that it refers to, by what Spectral calls them: `broken` for one that cannot be read
 */
export function findingsOf(
  result: IRuleResult,
  home: Places,
  documentOf: (source: string) => Places | 'broken' | undefined,
): readonly Finding[] {
  // What stands behind a zero character is a mark (`Watch`).
  const [code = ''] = String(result.code).split('\0', 1);
  const { source } = result;
  const known = source === undefined ? home : documentOf(source);
  // Syntax is reported by our own reader, which places it better and goes on after the first fault.
  if (known === 'broken' || code === 'parser') return [];
  const places = known ?? home;
  const path = result.path as JsonPath;
  const finding = ({ start, end }: Place): Finding => ({
    rule: code,
    severity: severities[result.severity] ?? 'warning',
    message: known ? result.message : `${result.message} (in ${source ?? ''})`,
    at: { file: places.file, start, end },
    related: [],
    state: { path: path.map(String) },
    ...(result.documentationUrl !== undefined && { docs: result.documentationUrl }),
  });
  // A document of another host cannot be opened here: what it has is shown at a reference to it.
  if (!known) {
    const reference = places.references().find(({ ref }) => ref.startsWith(source ?? ''));
    return [finding(reference ?? places.placeOf([]))];
  }
  if (code !== 'invalid-ref') return [finding(places.placeOf(path))];
  return brokenReferences(places, path, result.message).map(finding);
}

/**
 * Where a broken reference stands. Spectral keeps one of several equal messages, and has no place for a fragment
 * that is no pointer; so every reference with the same text is shown, and those that an `$anchor` or `$id` of
 * OpenAPI 3.1 answers are not broken.
 */
function brokenReferences(places: Places, path: JsonPath, message: string): readonly Place[] {
  const references = places.references();
  const place = places.placeOf(path);
  const text =
    /^'([^']*)' JSON pointer is invalid/.exec(message)?.[1] ??
    references.find(({ start, end }) => start === place.start && end === place.end)?.ref;
  if (text === undefined) return [place];
  if (places.isDeclared(text)) return [];
  const same = references.filter(({ ref }) => ref === text);
  return same.length > 0 ? same : [place];
}

/** In order, and each once: the same fault of a shared schema is found on several ways. */
export function tidied(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>();
  return findings
    .filter(({ rule, message, at }) => {
      const key = `${at.file}\0${at.start}\0${at.end}\0${rule}\0${message}`;
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    })
    .toSorted(
      (a, b) =>
        order(a.at.file, b.at.file) ||
        a.at.start - b.at.start ||
        order(a.rule, b.rule) ||
        order(a.message, b.message),
    );
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
