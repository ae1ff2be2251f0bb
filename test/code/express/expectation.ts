/**
 * What a fixture of code expects of the contract read from it: the text of its section `//- expect`.
 *
 *     server apps/api                  the following belongs to this root; left out where there is one only
 *     GET /flights/{id} [conditional]  an operation, with everything that makes its path or presence uncertain
 *       query page, sort               a fact of it: all of them in order of their names
 *       body email, ...                `...` where there may be more
 *       accepts { email: email, age?: integer{0..} }   the whole shape of the body, see `shape-notation.ts`
 *       takes query page?: integer{1..}                inputs with their shapes
 *       status 200, 404, 500?          `?` where it is a guess
 *       answers 200 {id: number}       bodies: as `shape-notation.ts` writes them
 *       handler list at users.js   what is called the handler, and the file it is in
 *       headers 200 Link, Location     those that every answer with this status has
 *     opaque GET /files                an area that something unread serves
 *     gap has a quantifier             operations that could not be read
 *
 * Operations, opaque areas and gaps must be complete; of the facts, only the kinds that the fixture names are compared.
 */

import type { Collection, UnknownReason } from '../../../server/src/contract/knowledge.ts';
import type { CodeContract, CodeOperation, OpaqueArea } from '../../../server/src/contract/operation.ts';
import { formatPath } from '../../../server/src/contract/path.ts';
import { shapeNotation } from '../../support/shape-notation.ts';
import type { Shapes } from '../../../server/src/contract/shape.ts';

export interface ExpectedItem {
  readonly server: string;
  readonly line: string;
  /** Kind to value. */
  readonly facts: ReadonlyMap<string, string>;
}

/** Throws where a line is in no form that this module knows: a fixture must not pass by a spelling mistake. */
export function parseExpectation(text: string): readonly ExpectedItem[] {
  const items: { server: string; line: string; facts: Map<string, string> }[] = [];
  let server = '.';
  for (const raw of text.split('\n')) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const [word = '', ...rest] = line.split(' ');
    if (raw.startsWith(' ')) {
      if (!(word in facts)) throw new Error(`unknown kind of fact: ${line}`);
      items.at(-1)?.facts.set(word, rest.join(' '));
    } else if (word === 'server') server = rest.join(' ');
    else if (word === 'opaque' || word === 'gap' || /^[A-Z-]+$/.test(word))
      items.push({ server, line, facts: new Map() });
    else throw new Error(`unknown line: ${line}`);
  }
  return items;
}

/** The expectation in one order, so that two of them can be compared as text. */
export function printExpectation(items: readonly ExpectedItem[]): string {
  const lines: string[] = [];
  for (const server of [...new Set(items.map((item) => item.server))].sort()) {
    if (server !== '.') lines.push(`server ${server}`);
    const blocks = items
      .filter((item) => item.server === server)
      .map((item) => [item.line, ...[...item.facts].map(([kind, value]) => `  ${kind} ${value}`)].join('\n'));
    lines.push(...blocks.sort());
  }
  return `${lines.join('\n')}\n`;
}

/** What the contracts are, told in the kinds of facts that `expected` asks for. */
export function actualExpectation(
  contracts: readonly CodeContract[],
  expected: readonly ExpectedItem[],
): readonly ExpectedItem[] {
  const single = contracts.length === 1 && expected.every(({ server }) => server === '.');
  return contracts.flatMap((contract) => {
    const server = single ? '.' : contract.root;
    const wanted = (line: string): readonly string[] => {
      const head = line.replace(/ \[.*/, '');
      return [
        ...(expected
          .find((item) => item.server === server && item.line.replace(/ \[.*/, '') === head)
          ?.facts.keys() ?? []),
      ];
    };
    const itemOf = (operation: CodeOperation, flag: readonly string[]): ExpectedItem => {
      const line = `${operation.title}${flagText([...flag, ...flags(operation)])}`;
      return {
        server,
        line,
        facts: new Map(
          wanted(line).map((kind) => [kind, facts[kind]?.(operation, contract.shapes ?? {}) ?? '']),
        ),
      };
    };
    const plain = (line: string): ExpectedItem => ({ server, line, facts: new Map() });
    return [
      ...contract.operations.items.map((operation) => itemOf(operation, [])),
      ...contract.detached.map((operation) => itemOf(operation, ['detached'])),
      ...contract.opaque.map((area) => plain(`opaque ${opaqueText(area)}`)),
      ...new Set(contract.operations.gaps.map((gap) => `gap ${reasonText(gap)}`)),
    ].map((item) => (typeof item === 'string' ? plain(item) : item));
  });
}

function flags({ key, origin }: CodeOperation): readonly string[] {
  return [
    ...(key.variants.length > 0 ? [`or ${key.variants.map(formatPath).join(' ')}`] : []),
    ...(origin.unknownPrefix ? ['unknown prefix'] : []),
    ...(origin.base === undefined ? [] : [`base ${origin.base}`]),
    ...(origin.conditional ? ['conditional'] : []),
    ...(origin.hidden === undefined ? [] : ['hidden']),
  ];
}

function flagText(all: readonly string[]): string {
  return all.length === 0 ? '' : ` [${all.join(', ')}]`;
}

function opaqueText({ prefix, method, anywhere }: OpaqueArea): string {
  return `${method === undefined ? '' : `${method} `}${formatPath(prefix)}${anywhere ? ' [anywhere]' : ''}`;
}

export function reasonText(reason: UnknownReason): string {
  switch (reason.why) {
    case 'dynamic':
    case 'limit':
      return reason.what;
    case 'unresolved':
      return reason.symbol;
    case 'unsupported':
      return reason.construct;
    case 'aside':
      return reason.fact;
    case 'pending':
      return 'pending';
  }
}

type Fact = (operation: CodeOperation, shapes: Shapes) => string;

const facts: Readonly<Record<string, Fact>> = {
  query: inputs('query'),
  header: inputs('header'),
  cookie: inputs('cookie'),
  path: ({ inputs: { items } }) =>
    list(
      items.filter((input) => input.in === 'path').map(({ name }) => name),
      true,
    ),
  body: ({ bodies }) => {
    const [first] = bodies.items;
    if (!first) return list([], bodies.complete);
    const { shape } = first;
    return shape.kind === 'object' ? list(Object.keys(shape.fields), bodies.complete && !shape.open) : 'any';
  },
  accepts: ({ bodies }, shapes) =>
    bodies.items.map(({ shape }) => shapeNotation(shape, shapes)).join(' or ') || '-',
  takes: ({ inputs: { items } }) =>
    items
      .map(
        ({ in: place, name, required, shape }) =>
          `${place} ${name}${required.known ? (required.value ? '' : '?') : '~'}: ${shapeNotation(shape)}`,
      )
      .sort()
      .join(', ') || '-',
  media: ({ bodies }) =>
    list(
      bodies.items.map(({ mediaType }) => mediaType),
      bodies.complete,
    ),
  status: ({ outputs }) =>
    list(
      outputs.items.map(({ status, evidence }) => `${status}${evidence === 'guessed' ? '?' : ''}`),
      outputs.complete,
    ),
  sends: ({ outputs }) =>
    list(
      outputs.items.map(
        ({ status, bodies }) =>
          `${status} ${bodies.items.map(({ mediaType }) => mediaType).join('|') || (bodies.complete ? '-' : '*')}`,
      ),
      outputs.complete,
    ),
  answers: ({ outputs }, shapes) =>
    outputs.items
      .flatMap(({ status, bodies }) =>
        bodies.items.map(({ shape }) => `${status} ${shapeNotation(shape, shapes)}`),
      )
      .join('; ') || '-',
  headers: ({ outputs }) =>
    outputs.items
      .flatMap(({ status, headers }) =>
        headers && headers.length > 0 ? `${status} ${headers.map(({ name }) => name).join(', ')}` : [],
      )
      .join('; ') || '-',
  guard: ({ security }) =>
    list(
      security.schemes.items.map(({ name, evidence }) => `${name}${evidence === 'guessed' ? '?' : ''}`),
      security.schemes.complete,
    ),
  auth: ({ security: { required } }) => (required.known ? (required.value ? 'required' : 'none') : 'unknown'),
  handler: ({ origin: { handler } }) => (handler ? `${handler.name} at ${handler.at.file}` : '-'),
};

function inputs(place: string): Fact {
  return ({ inputs: all }: { readonly inputs: Collection<{ readonly in: string; readonly name: string }> }) =>
    list(
      all.items.filter((input) => input.in === place).map(({ name }) => name),
      all.complete,
    );
}

function list(names: readonly string[], complete: boolean): string {
  const sorted = [...new Set(names)].sort();
  const all = complete ? sorted : [...sorted, '...'];
  return all.length === 0 ? '-' : all.join(', ');
}
