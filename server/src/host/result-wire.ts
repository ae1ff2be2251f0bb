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

/** An operation of a contract at another address, as links have them: everything but the address is the same. */
interface WireLike {
  readonly like: number;
  readonly key: SpecOperation['key'] | CodeOperation['key'];
}

type Operation = SpecOperation | CodeOperation;

export class ResultSender {
  /** Texts of the last result, by the numbers that they were sent with. */
  #texts: ReadonlyMap<number, string> = new Map();
  #numbers: ReadonlyMap<string, number> = new Map();
  /** Parts are immutable, so one that was written once is not written again. */
  readonly #written = new WeakMap<object, number>();
  #last = 0;
  #first = true;

  send({ snapshot, findings, hidden, held, documents }: FolderResult): WireResult {
    const { complete, specs, codes, links, problems, skipped } = snapshot;
    const texts = new Map<number, string>();
    const numbers = new Map<string, number>();
    const parts: [number, string][] = [];
    const part = (value: object): number => {
      const written = this.#written.get(value);
      const before = written === undefined ? undefined : (texts.get(written) ?? this.#texts.get(written));
      const text = before ?? JSON.stringify(value);
      let number = before === undefined ? (numbers.get(text) ?? this.#numbers.get(text)) : written;
      if (number === undefined) {
        number = ++this.#last;
        parts.push([number, text]);
      }
      texts.set(number, text);
      numbers.set(text, number);
      this.#written.set(value, number);
      return number;
    };
    const originals = new Map<object, Operation>();
    for (const { operations } of [...specs, ...codes])
      for (const operation of operations.items) originals.set(operation.outputs, operation);
    const operationPart = (operation: Operation): number => {
      const original = originals.get(operation.outputs);
      if (!original || original === operation || !isLike(operation, original)) return part(operation);
      const like: WireLike = { like: part(original), key: operation.key };
      return part(like);
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
        pairs: link.pairs.map((pair) => part(wirePair(pair, operationPart))),
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
    this.#texts = texts;
    this.#numbers = numbers;
    return { first, parts, ...wire };
  }
}

/** Are they the same but for their addresses? */
function isLike(one: Operation, other: Operation): boolean {
  const names = Object.keys(one) as (keyof Operation)[];
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => name === 'key' || one[name] === other[name])
  );
}

function wirePair(pair: Pair, part: (operation: Operation) => number): WirePair {
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
  /** Those that were made of others. */
  #operations = new Map<number, Operation>();

  /** Takes a result in, a little at each step, so that whoever waits can be served between steps. */
  *receive(wire: WireResult): Generator<undefined, FolderResult> {
    if (wire.first) {
      this.#parts = new Map();
      this.#pairs = new Map();
      this.#operations = new Map();
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
    const operations = new Map<number, Operation>();
    const operation = <T extends Operation>(number: number): T => {
      const read = part<T | WireLike>(number);
      if (!('like' in read)) return read;
      const original = part<T>(read.like);
      const made = this.#operations.get(number) ?? { ...original, key: read.key };
      operations.set(number, made as T);
      return made as T;
    };
    const pairs = new Map<number, Pair>();
    const pairOf = (number: number): Pair => {
      const wired = part<WirePair>(number);
      for (const each of operationsOf(wired)) operation(each);
      const pair = this.#pairs.get(number) ?? readPair(wired, operation);
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
    this.#operations = operations;
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

function readPair(wired: WirePair, operation: <T extends Operation>(number: number) => T): Pair {
  const { spec, code, reaches, near, ...rest } = wired;
  return {
    ...rest,
    ...(spec !== undefined && { spec: operation<SpecOperation>(spec) }),
    ...(code !== undefined && { code: operation<CodeOperation>(code) }),
    ...(reaches !== undefined && { reaches: operation<CodeOperation>(reaches) }),
    ...(near && {
      near: near.map((miss) => ({
        ...miss,
        operation: operation<SpecOperation | CodeOperation>(miss.operation),
      })),
    }),
  } as Pair;
}
