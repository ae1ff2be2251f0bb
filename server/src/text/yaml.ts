/** YAML text to document nodes. */

import { type CST, Parser } from 'yaml';

import type { DocNode } from '../contract/facts.ts';
import type { Problem } from '../contract/finding.ts';
import type { FileId } from '../contract/span.ts';
import { entryOf } from './document-node.ts';
import { createProblemSink, type ProblemSink } from './document-problems.ts';
import { type Composed, composeYaml } from './yaml-compose.ts';

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
 *
 * Two faults leave nothing to compose from: a quotation mark that is never closed, and tabs as indentation. The text
 * is mended without moving anything, and read again.
 */
export function readYaml(file: FileId, text: string): ReadYaml {
  const repairs: Problem[] = [];
  const limit = text.length > LONG ? 1 : MAX_REPAIRS;
  const repaired = (message: string, start: number): void => {
    repairs.push({
      code: 'document/yaml-syntax',
      severity: 'error',
      message,
      at: { file, start, end: start + 1 },
    });
  };
  let source = text;
  let hasTabs = false;
  for (;;) {
    const attempt = readOnce(file, source);
    if (attempt.tab !== undefined && !hasTabs) {
      hasTabs = true;
      repaired('Tabs cannot indent in YAML; use spaces.', attempt.tab);
      source = source.replace(/^[ \t]+/gm, (indent) => ' '.repeat(indent.length));
    } else if (attempt.runaway !== undefined && repairs.length < limit) {
      repaired('The quotation mark that is opened here is never closed.', attempt.runaway);
      source = `${source.slice(0, attempt.runaway)}${STAND_IN}${source.slice(attempt.runaway + 1)}`;
    } else {
      const rest = hasTabs
        ? attempt.problems.filter(({ at }) => !isTabIndented(text, at.start))
        : attempt.problems;
      const problems = [...repairs, ...rest];
      return attempt.root ? { root: attempt.root, problems } : { problems };
    }
  }
}

/** The tabs are reported; what they lead to on their own lines is the same fault. */
function isTabIndented(text: string, offset: number): boolean {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ ]*\t/.test(text.slice(lineStart, offset));
}

type Attempt = ReadYaml & Partial<Pick<Composed, 'runaway' | 'tab'>>;

interface Candidate extends Composed {
  readonly rank: number;
  readonly problems: readonly Problem[];
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
  return best ? { ...best, problems: [...best.problems, ...stray.list] } : { problems: stray.list };
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
  sink.addOnce(
    'document/yaml-syntax',
    'What begins here does not fit what stands above it.',
    token.offset,
    token.offset + token.source.length,
  );
}
