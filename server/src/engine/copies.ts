/** Specs that are copies of each other: bundles, converted forms, old versions kept beside the new one. */

import type { Problem } from '../contract/finding.ts';
import type { SpecContract } from '../contract/operation.ts';
import { shapeKey } from '../contract/path.ts';
import type { FileId } from '../contract/span.ts';

export interface SkippedSpec {
  readonly file: FileId;
  readonly reason: string;
  readonly copyOf?: FileId;
}

export interface SpecCandidate {
  readonly contract: SpecContract;
  readonly problems: readonly Problem[];
}

/** Two specs with one title and one base are copies when they share this part of the larger one's operations. */
const sharedPart = 0.9;

/** Names that tools give to what they write. */
const generatedName =
  /(?:^|[/._-])(?:bundled?|generated|gen|dist|build|out|output|resolved|dereferenced|merged|compiled|copy|backup|bak|old|deprecated|archived?)(?=[/._-])/i;

/** Keeps of every group of copies the one that people write by hand. */
export function withoutCopies(candidates: readonly SpecCandidate[]): {
  readonly kept: readonly SpecCandidate[];
  readonly skipped: readonly SkippedSpec[];
} {
  const ranked = [...candidates].sort(byOriginality);
  const kept: SpecCandidate[] = [];
  const skipped: SkippedSpec[] = [];
  const parts = new Set<FileId>();
  for (const candidate of ranked) {
    const { contract } = candidate;
    const original = kept.find((other) => isCopy(contract, other.contract));
    if (original !== undefined) {
      skipped.push({ file: contract.file, reason: 'copy or bundle', copyOf: original.contract.file });
    } else {
      kept.push(candidate);
      for (const file of contract.files) if (file !== contract.file) parts.add(file);
    }
  }
  const order = (a: { readonly file: FileId }, b: { readonly file: FileId }) => (a.file < b.file ? -1 : 1);
  // A document that another spec is made of is not a second contract.
  const whole = kept.filter((candidate) => !parts.has(candidate.contract.file));
  const included = kept.filter((candidate) => parts.has(candidate.contract.file));
  skipped.push(...included.map(({ contract }) => ({ file: contract.file, reason: 'part of another spec' })));
  return {
    kept: whole.length > 0 ? whole.sort((a, b) => order(a.contract, b.contract)) : kept,
    skipped: whole.length > 0 ? skipped.sort(order) : [],
  };
}

/** Several files before one, names of people before names of tools, newer before older, YAML before JSON. */
function byOriginality(a: SpecCandidate, b: SpecCandidate): number {
  const rank = ({ contract }: SpecCandidate): readonly number[] => [
    contract.files.length > 1 ? 0 : 1,
    generatedName.test(contract.file) ? 1 : 0,
    -Number(contract.version),
    contract.file.endsWith('.json') ? 1 : 0,
    -contract.operations.items.length,
    contract.file.split('/').length,
  ];
  const [left, right] = [rank(a), rank(b)];
  for (const [index, value] of left.entries()) {
    const difference = value - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.contract.file < b.contract.file ? -1 : 1;
}

/** What is kept beside the one that counts, and grows old there. */
const keptName = /[-_. ](?:backup|bak|old|orig|copy|deprecated|archived?)(?=\.[^/]*$)/i;

function isCopy(candidate: SpecContract, original: SpecContract): boolean {
  if (keptName.test(candidate.file) && candidate.file.replace(keptName, '') === original.file) return true;
  if (candidate.title !== original.title || firstBase(candidate) !== firstBase(original)) return false;
  const keys = operationKeys(candidate);
  const others = operationKeys(original);
  const larger = Math.max(keys.size, others.size);
  if (larger === 0) return false;
  let shared = 0;
  for (const key of keys) if (others.has(key)) shared += 1;
  return shared / larger >= sharedPart;
}

/** Versions of one interface often differ in nothing but this. */
function firstBase(contract: SpecContract): string {
  return shapeKey(contract.bases[0] ?? []);
}

function operationKeys(contract: SpecContract): ReadonlySet<string> {
  return new Set(contract.operations.items.map(({ key }) => `${key.method} ${shapeKey(key.path)}`));
}
