/**
 * Decides which specs describe which servers.
 *
 * What the user says wins. Then a spec belongs to the server root whose folder holds it; else to those whose routes
 * it describes. Several servers that implement the same operations are alternatives, each compared on its own;
 * servers that implement different parts of a spec make up one whole. A server that implements a sliver of what
 * another implements fully (an abandoned attempt) is not bound: everything about it would be false alarm.
 */

import type { CodeContract, SpecContract } from '../contract/operation.ts';
import { parseTemplate } from '../contract/path.ts';
import type { FileId } from '../contract/span.ts';
import { isLiteralKey, joinKeys, type Keys, PARAM, pathKeys, REST } from './keys.ts';
import { implementedBy } from './link.ts';

/** What the configuration says about one spec. */
export interface BindingOverride {
  readonly spec: FileId;
  /** Folders of server roots, as in `CodeContract.root`. */
  readonly roots?: readonly string[];
  /** Stands in front of every path of the spec, whatever its `servers` say: `/api/v1`. */
  readonly base?: string;
}

/** Specs and servers to be linked. One side is empty where nothing belongs to the other. */
export interface Binding {
  readonly specs: readonly SpecContract[];
  readonly codes: readonly CodeContract[];
}

/** A server bound by its routes has to implement at least this share of the spec. */
const MIN_SHARE = 0.2;
/** And this share of one that lies in the folder of another server: two servers of a workspace have some address alike. */
const STRANGER_SHARE = 0.5;
/** Two servers are alternatives if this share of what the smaller implements is implemented by the other too. */
const ALTERNATIVE_SHARE = 0.5;
/** An alternative that implements less than this share of what the best one does is taken to be abandoned. */
const ABANDONED_SHARE = 0.5;

/** `METHOD ending` of every address of a server. */
type Endings = (code: CodeContract) => ReadonlySet<string>;

interface Fit {
  readonly code: CodeContract;
  /** Indexes of the spec's operations that the server implements. */
  readonly implemented: ReadonlySet<number>;
}

export function bindSpecs(
  specs: readonly SpecContract[],
  codes: readonly CodeContract[],
  overrides: readonly BindingOverride[],
): readonly Binding[] {
  const bound = new Map<CodeContract, SpecContract[]>(codes.map((code) => [code, []]));
  const wholes: { spec: SpecContract; codes: readonly CodeContract[] }[] = [];
  const unbound: SpecContract[] = [];
  const endings = endingIndex();

  for (const given of specs) {
    const override = overrides.find(({ spec }) => spec === given.file);
    const spec = override?.base === undefined ? given : { ...given, bases: [parseTemplate(override.base)] };
    const wholesOfSpec = override?.roots
      ? named(spec, codes, override.roots, endings)
      : described(spec, codes, endings);
    if (wholesOfSpec.length === 0) unbound.push(spec);
    for (const whole of wholesOfSpec) {
      const [only] = whole;
      if (whole.length === 1 && only) bound.get(only)?.push(spec);
      else wholes.push({ spec, codes: whole });
    }
  }

  const inWholes = new Set(wholes.flatMap(({ codes: parts }) => parts));
  const bindings: Binding[] = [];
  for (const [code, own] of bound) {
    if (own.length > 0) bindings.push({ specs: own, codes: [code] });
    else if (!inWholes.has(code)) bindings.push({ specs: [], codes: [code] });
  }
  for (const { spec, codes: parts } of wholes) bindings.push({ specs: [spec], codes: parts });
  for (const spec of unbound) bindings.push({ specs: [spec], codes: [] });
  return bindings;
}

/** Groups of servers, each to be compared with the spec as one. */
type Wholes = readonly (readonly CodeContract[])[];

function named(
  spec: SpecContract,
  codes: readonly CodeContract[],
  roots: readonly string[],
  endings: Endings,
): Wholes {
  const chosen = codes.filter(({ root }) => roots.includes(root));
  const groups = grouped(fits(spec, chosen, endings));
  const placed = new Set(groups.flat());
  const rest = chosen.filter((code) => !placed.has(code));
  return [...groups, ...rest.map((code) => [code])];
}

function described(spec: SpecContract, codes: readonly CodeContract[], endings: Endings): Wholes {
  const home = homeOf(spec, codes);
  const all = fits(spec, codes, endings);
  const best = all.reduce((most, { implemented }) => Math.max(most, implemented.size), 0);
  if (home) {
    const own = all.find(({ code }) => code === home)?.implemented.size ?? 0;
    const silent =
      spec.operations.items.length === 0 || spec.operations.items.every(({ origin }) => origin.wired);
    if (own > 0 ? own * 2 >= best : silent || best === 0) return [[home]];
  }
  const needed = spec.operations.items.length * (home ? STRANGER_SHARE : MIN_SHARE);
  const enough = all.filter(({ implemented }) => implemented.size >= Math.max(1, needed));
  if (enough.length > 0) return grouped(enough);
  if (home) return [[home]];
  // With one server and one place to be there is nothing to choose from; `linkContracts` stays silent if it fits badly.
  const [only] = codes;
  return codes.length === 1 && only ? [[only]] : [];
}

/** The deepest root, other than the workspace itself, whose folder holds the spec. */
function homeOf(spec: SpecContract, codes: readonly CodeContract[]): CodeContract | undefined {
  return codes
    .filter(({ root }) => root !== '.' && spec.file.startsWith(`${root}/`))
    .sort((a, b) => b.root.length - a.root.length)[0];
}

function fits(spec: SpecContract, codes: readonly CodeContract[], endings: Endings): readonly Fit[] {
  const own = spec.operations.items.map(({ key }) => endingOf(key.method, pathKeys(key.path)));
  return codes.map((code) => {
    const served = endings(code);
    // Nothing ends alike, so nothing can match: most specs and servers of a big workspace are strangers.
    if (!own.some((ending) => served.has(ending))) return { code, implemented: new Set<number>() };
    return { code, implemented: implementedBy(spec, code) };
  });
}

/** How each server's addresses end, made once and when asked for. */
function endingIndex(): Endings {
  const known = new Map<CodeContract, ReadonlySet<string>>();
  return (code) => {
    const there = known.get(code);
    if (there) return there;
    const endings = new Set(
      code.operations.items.flatMap(({ key }) =>
        [key.path, ...key.variants].map((path) => endingOf(key.method, pathKeys(path))),
      ),
    );
    known.set(code, endings);
    return endings;
  };
}

/**
 * What two addresses have in common if they are to meet, whatever stands in front of either: the last word and what
 * follows it. A wildcard at the end may be a parameter of the spec.
 */
function endingOf(method: string, keys: Keys): string {
  const last = keys.findLastIndex(isLiteralKey);
  const back = keys.slice(Math.max(last, 0)).map((key) => (key === REST ? PARAM : key));
  return `${method} ${joinKeys(back)}`;
}

/** Alternatives apart, parts of a whole together. */
function grouped(fitting: readonly Fit[]): Wholes {
  const sorted = [...fitting].sort((a, b) => b.implemented.size - a.implemented.size);
  const [best] = sorted;
  const groups: { codes: CodeContract[]; implemented: Set<number> }[] = [];
  for (const { code, implemented } of sorted) {
    const [main] = groups;
    if (!main || !best) {
      groups.push({ codes: [code], implemented: new Set(implemented) });
      continue;
    }
    const shared = [...implemented].filter((index) => main.implemented.has(index)).length;
    if (shared >= implemented.size * ALTERNATIVE_SHARE) {
      if (implemented.size >= best.implemented.size * ABANDONED_SHARE)
        groups.push({ codes: [code], implemented: new Set(implemented) });
    } else {
      main.codes.push(code);
      for (const index of implemented) main.implemented.add(index);
    }
  }
  return groups.map(({ codes }) => codes);
}
