/**
 * Results on their way from the worker to the loop. A result of a large workspace takes the loop up to a second to
 * take in, and most of it is what the result before had too. So its parts travel as texts, each once, and the loop
 * reads them in slices: what did not change is the same object in every result.
 */

import type { Finding, Hidden, Problem } from '../contract/finding.ts';
import type { Collection } from '../contract/knowledge.ts';
import type { CodeContract, CodeOperation, SpecContract, SpecOperation } from '../contract/operation.ts';
import type { Link, NearMiss, Pair } from '../contract/pair.ts';
import type { Snapshot } from '../engine/snapshot.ts';
import type { SkippedSpec } from '../engine/copies.ts';
import type { FlatDocument } from '../text/flat-document.ts';
import type { FolderResult, HeldFile } from './folder-analysis.ts';

/** Numbers stand for parts. */
export interface WireResult {
  /** True for the first result of a sender: parts of an earlier one are void. */
  readonly first: boolean;
  /** Parts that were in no result yet, as JSON. */
  readonly parts: readonly (readonly [number, string])[];
  readonly complete: boolean;
  readonly specs: readonly WireContract[];
  readonly codes: readonly WireContract[];
  readonly links: readonly WireLink[];
  readonly problems: readonly number[];
  readonly skipped: readonly number[];
  readonly findings: readonly number[];
  readonly hidden: Hidden;
  readonly held: readonly HeldFile[];
  readonly documents: readonly FlatDocument[];
}

/** `rest` is the contract without its operations. */
interface WireContract {
  readonly rest: number;
  readonly operations: readonly number[];
  readonly detached: readonly number[];
}

/** `specs` and `codes` are indexes into those of the result. */
interface WireLink {
  readonly specs: readonly number[];
  readonly codes: readonly number[];
  readonly pairs: readonly number[];
  readonly alignments: number;
}

/** A pair with numbers for its operations. */
type WirePair = Omit<Pair, 'spec' | 'code' | 'near' | 'reaches'> & {
  readonly spec?: number;
  readonly code?: number;
  readonly reaches?: number;
  readonly near?: readonly (Omit<NearMiss<unknown>, 'operation'> & { readonly operation: number })[];
};

export class ResultSender {
  #known: ReadonlyMap<string, number> = new Map();
  #last = 0;
  #first = true;

  send({ snapshot, findings, hidden, held, documents }: FolderResult): WireResult {
    const { complete, specs, codes, links, problems, skipped } = snapshot;
    const used = new Map<string, number>();
    const parts: [number, string][] = [];
    const seen = new Map<object, number>();
    const part = (value: object): number => {
      const there = seen.get(value);
      if (there !== undefined) return there;
      const text = JSON.stringify(value);
      let number = used.get(text) ?? this.#known.get(text);
      if (number === undefined) {
        number = ++this.#last;
        parts.push([number, text]);
      }
      used.set(text, number);
      seen.set(value, number);
      return number;
    };
    const wire = {
      complete,
      specs: specs.map(({ operations: { items, ...collection }, ...contract }) => ({
        rest: part({ ...contract, operations: collection }),
        operations: items.map(part),
        detached: [],
      })),
      codes: codes.map(({ operations: { items, ...collection }, detached, ...contract }) => ({
        rest: part({ ...contract, operations: collection }),
        operations: items.map(part),
        detached: detached.map(part),
      })),
      links: links.map((link) => ({
        specs: link.specs.map((spec) => specs.indexOf(spec)),
        codes: link.codes.map((code) => codes.indexOf(code)),
        pairs: link.pairs.map((pair) => part(wirePair(pair, part))),
        alignments: part(link.alignments),
      })),
      problems: problems.map(part),
      skipped: skipped.map(part),
      findings: findings.map(part),
      hidden,
      held,
      documents,
    };
    const first = this.#first;
    this.#first = false;
    this.#known = used;
    return { first, parts, ...wire };
  }
}

function wirePair(pair: Pair, part: (operation: object) => number): WirePair {
  switch (pair.state) {
    case 'matched':
      return { ...pair, spec: part(pair.spec), code: part(pair.code) };
    case 'spec-only': {
      const { spec, near, reaches, ...rest } = pair;
      return {
        ...rest,
        spec: part(spec),
        near: near.map((miss) => ({ ...miss, operation: part(miss.operation) })),
        ...(reaches && { reaches: part(reaches) }),
      };
    }
    case 'code-only': {
      const { code, near, ...rest } = pair;
      return {
        ...rest,
        code: part(code),
        near: near.map((miss) => ({ ...miss, operation: part(miss.operation) })),
      };
    }
  }
}

export class ResultReceiver {
  #parts = new Map<number, unknown>();
  #pairs = new Map<number, Pair>();

  /** Takes a result in, a little at each step, so that whoever waits can be served between steps. */
  *receive(wire: WireResult): Generator<undefined, FolderResult> {
    if (wire.first) {
      this.#parts = new Map();
      this.#pairs = new Map();
    }
    for (const [number, text] of wire.parts) {
      this.#parts.set(number, JSON.parse(text));
      yield;
    }
    const used = new Map<number, unknown>();
    // The sender says what these are, by where it names them.
    const part = <T>(number: number): T => {
      const value = this.#parts.get(number);
      used.set(number, value);
      return value as T;
    };
    const pairs = new Map<number, Pair>();
    const pairOf = (number: number): Pair => {
      const wired = part<WirePair>(number);
      for (const operation of operationsOf(wired)) part(operation);
      const pair = this.#pairs.get(number) ?? readPair(wired, part);
      pairs.set(number, pair);
      return pair;
    };
    const specs = wire.specs.map((contract) => readSpec(contract, part));
    const codes = wire.codes.map((contract) => readCode(contract, part));
    yield;
    const links = wire.links.map((link): Link => ({
      specs: link.specs.flatMap((index) => specs[index] ?? []),
      codes: link.codes.flatMap((index) => codes[index] ?? []),
      pairs: link.pairs.map(pairOf),
      alignments: part(link.alignments),
    }));
    yield;
    const snapshot: Snapshot = {
      complete: wire.complete,
      specs,
      codes,
      links,
      problems: wire.problems.map((number) => part<Problem>(number)),
      skipped: wire.skipped.map((number) => part<SkippedSpec>(number)),
    };
    const findings = wire.findings.map((number) => part<Finding>(number));
    this.#parts = used;
    this.#pairs = pairs;
    return { snapshot, findings, hidden: wire.hidden, held: wire.held, documents: wire.documents };
  }
}

type Part = <T>(number: number) => T;

function readSpec({ rest, operations }: WireContract, part: Part): SpecContract {
  const contract = part<SpecContract>(rest);
  return { ...contract, operations: withItems<SpecOperation>(contract.operations, operations, part) };
}

function readCode({ rest, operations, detached }: WireContract, part: Part): CodeContract {
  const contract = part<CodeContract>(rest);
  return {
    ...contract,
    operations: withItems<CodeOperation>(contract.operations, operations, part),
    detached: detached.map((number) => part<CodeOperation>(number)),
  };
}

function withItems<T>(collection: Collection<T>, items: readonly number[], part: Part): Collection<T> {
  return { ...collection, items: items.map((number) => part<T>(number)) };
}

function operationsOf({ spec, code, reaches, near }: WirePair): readonly number[] {
  return [spec, code, reaches, ...(near ?? []).map(({ operation }) => operation)].filter(
    (number) => number !== undefined,
  );
}

function readPair(wired: WirePair, part: Part): Pair {
  const { spec, code, reaches, near, ...rest } = wired;
  return {
    ...rest,
    ...(spec !== undefined && { spec: part<SpecOperation>(spec) }),
    ...(code !== undefined && { code: part<CodeOperation>(code) }),
    ...(reaches !== undefined && { reaches: part<CodeOperation>(reaches) }),
    ...(near && {
      near: near.map((miss) => ({ ...miss, operation: part<SpecOperation | CodeOperation>(miss.operation) })),
    }),
  } as Pair;
}
