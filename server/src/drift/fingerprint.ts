/**
 * What makes a finding the same one tomorrow: its rule, its operation by method and shape of path, and what the rule
 * says of it. Never a place, so it outlives moved code, renamed files, and renamed parameters.
 *
 * It is a line that people can read: `http/undocumented-status GET /users/{} status=404`.
 */

import type { OperationName } from '../contract/finding.ts';
import { parseTemplate, shapeKey } from '../contract/path.ts';

export function fingerprint(rule: string, operation: OperationName | undefined, identity: unknown): string {
  const about = operation ? [`${operation.method} ${shapeKey(parseTemplate(operation.path))}`] : [];
  return [rule, ...about, ...wordsOf(identity)].join(' ').replace(/\s+/g, ' ');
}

/** What else there is beside an operation does not make it another finding. */
const neighbours: ReadonlySet<string> = new Set(['operation', 'near', 'reaches', 'outside']);

function wordsOf(identity: unknown): readonly string[] {
  if (typeof identity !== 'object' || identity === null) return [];
  return Object.entries(identity)
    .filter(([name]) => !neighbours.has(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, value]) => {
      const text = textOf(value);
      return text === '' ? [] : [`${name}=${text}`];
    });
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join(',');
  if (typeof value !== 'object' || value === null) return value === undefined ? '' : String(value);
  // A place.
  if ('file' in value && 'start' in value) return '';
  const parts = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${parts.map(([name, inner]) => `${name}=${textOf(inner)}`).join(' ')}}`;
}

/** Fingerprints with how often each is there: two servers may have the same finding. */
export interface Known {
  /** True, and once less, where it is known. */
  take(print: string): boolean;
  /** What was not taken, sorted. */
  left(): readonly string[];
}

export function createKnown(prints: readonly string[]): Known {
  const counts = new Map<string, number>();
  for (const print of prints) counts.set(print, (counts.get(print) ?? 0) + 1);
  return {
    take(print) {
      const count = counts.get(print) ?? 0;
      if (count > 0) counts.set(print, count - 1);
      return count > 0;
    },
    left: () => [...counts].flatMap(([print, count]) => Array<string>(count).fill(print)).sort(),
  };
}
