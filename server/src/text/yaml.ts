/** YAML text to document nodes. */

import { type CST, Parser } from 'yaml';

import type { DocNode } from '../contract/facts.ts';
import { createProblemSink, type ProblemSink } from './document-problems.ts';
import { entryOf } from './document-node.ts';
import { composeYaml } from './yaml-compose.ts';
import type { Problem } from '../contract/finding.ts';
import type { FileId } from '../contract/span.ts';

export interface ReadYaml {
  readonly root?: DocNode;
  readonly problems: readonly Problem[];
}

/** Reading again after a repair is not for free: few quotes run away, and seldom in long documents. */
const MAX_REPAIRS = 4;
const LONG = 1_000_000;

/**
 * A character without a meaning in YAML and of the same length as a quotation mark, so that every offset stays
 * right when it takes the place of a mark that was never closed.
 */
const STAND_IN = '\u02ba';

/**
 * Reads the document of a YAML stream that describes something: the first mapping with `openapi`, `swagger` or
 * `paths`, else the first mapping, else the first document.
 */
export function readYaml(file: FileId, text: string): ReadYaml {
  const repairs = text.length > LONG ? 1 : MAX_REPAIRS;
  const runaways: number[] = [];
  let source = text;
  for (;;) {
    const attempt = readOnce(file, source);
    if (attempt.runaway === undefined || runaways.length === repairs) return finish(file, attempt, runaways);
    runaways.push(attempt.runaway);
    source = `${source.slice(0, attempt.runaway)}${STAND_IN}${source.slice(attempt.runaway + 1)}`;
  }
}

interface Attempt extends ReadYaml {
  readonly runaway?: number;
}

function finish(file: FileId, attempt: Attempt, runaways: readonly number[]): ReadYaml {
  const problems = [
    ...runaways.map((start): Problem => ({
      code: 'document/yaml-syntax',
      severity: 'error',
      message: 'The quotation mark that is opened here is never closed.',
      at: { file, start, end: start + 1 },
    })),
    ...attempt.problems,
  ];
  return attempt.root ? { root: attempt.root, problems } : { problems };
}

interface Candidate {
  readonly rank: number;
  readonly root: DocNode;
  readonly problems: readonly Problem[];
  readonly runaway?: number;
}

function readOnce(file: FileId, text: string): Attempt {
  let best: Candidate | undefined;
  const stray = createProblemSink(file);
  for (const token of new Parser().parse(text)) {
    if (token.type === 'error') reportStray(stray, token);
    if (token.type !== 'document') continue;
    const candidate = readDocumentToken(file, text, token);
    if (!best || candidate.rank > best.rank) best = candidate;
    if (best.rank === SPEC) break;
  }
  if (!best) return { problems: stray.list };
  return {
    root: best.root,
    problems: [...best.problems, ...stray.list],
    ...(best.runaway === undefined ? {} : { runaway: best.runaway }),
  };
}

const SPEC = 3;

function readDocumentToken(file: FileId, text: string, token: CST.Document): Candidate {
  const sink = createProblemSink(file);
  const composed = composeYaml(token, text, sink);
  return { ...composed, rank: rankOf(composed.root), problems: sink.list };
}

function rankOf(root: DocNode): number {
  if (root.kind !== 'map') return root.kind === 'scalar' && root.value === null ? 0 : 1;
  return entryOf(root, 'openapi') || entryOf(root, 'swagger') || entryOf(root, 'paths') ? SPEC : 2;
}

/** What follows after the end of a document is one fault, however many tokens it has. */
function reportStray(sink: ProblemSink, token: CST.ErrorToken): void {
  sink.addOnce('document/yaml-syntax', 'What begins here does not fit what stands above it.', token.offset, token.offset + token.source.length);
}
