/** What runs cases inside the extension host, and tells the driver. */

import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  resultFile,
  scratchVariable,
  type Answer,
  type CaseResult,
  type Question,
  type SuiteResult,
} from '../driver/ask.ts';

export interface Case {
  readonly name: string;
  run(bench: Bench): Promise<void>;
}

/** What a case has at hand. */
export interface Bench {
  /** The texts of an answer; undefined where the host has no window. */
  ask(question: Question): Promise<readonly string[] | undefined>;
  /** Tells a figure or an observation with the result. */
  note(text: string): void;
}

export function scratchFolder(): string {
  const folder = process.env[scratchVariable];
  if (folder === undefined) throw new Error(`${scratchVariable} is not set`);
  return folder;
}

/** Runs all cases in order, whether or not one fails, and writes the result. */
export async function runCases(cases: readonly Case[]): Promise<void> {
  const scratch = scratchFolder();
  const notes: string[] = [];
  const bench: Bench = { ask: asker(scratch), note: (text) => notes.push(text) };
  const results: CaseResult[] = [];
  for (const each of cases) {
    const start = performance.now();
    const failure = await each.run(bench).then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? (error.stack ?? error.message) : String(error)),
    );
    const milliseconds = Math.round(performance.now() - start);
    results.push({ name: each.name, milliseconds, ...(failure !== undefined && { failure }) });
    if (failure !== undefined) await bench.ask({ kind: 'screenshot', name: `failure-${results.length}` });
  }
  const result: SuiteResult = { cases: results, notes };
  const file = join(scratch, resultFile);
  writeFileSync(`${file}.part`, JSON.stringify(result));
  renameSync(`${file}.part`, file);
}

function asker(scratch: string): Bench['ask'] {
  let number = 0;
  return async (question) => {
    number++;
    const file = join(scratch, `question-${number}.json`);
    writeFileSync(`${file}.part`, JSON.stringify(question));
    renameSync(`${file}.part`, file);
    const answerFile = join(scratch, `answer-${number}.json`);
    while (!existsSync(answerFile)) await sleep(20);
    const answer = JSON.parse(readFileSync(answerFile, 'utf8')) as Answer | { failure: string };
    rmSync(answerFile);
    if ('failure' in answer) throw new Error(answer.failure);
    return answer.window ? answer.texts : undefined;
  };
}

/** Between what a person does, and before pictures. Never before a check: how long a slow machine needs, nobody knows. */
export async function pause(milliseconds: number): Promise<void> {
  await sleep(milliseconds);
}

/** Waits until the window has drawn what the selector means; on a host without a window, for as long as that mostly takes. */
export async function drawn({ ask }: Bench, selector: string): Promise<void> {
  await until(`${selector} is drawn`, async () => {
    const texts = await ask({ kind: 'texts', selector });
    if (texts === undefined) await pause(1_500);
    return texts === undefined || texts.some((text) => text !== '');
  });
}

/** Waits until `look` gives something that is not undefined or false; fails with what was wanted. */
export async function until<T>(
  wanted: string,
  look: () => T | undefined | false | Promise<T | undefined | false>,
  milliseconds = 60_000,
): Promise<T> {
  const end = Date.now() + milliseconds;
  for (;;) {
    const seen = await look();
    if (seen !== undefined && seen !== false) return seen;
    if (Date.now() > end) throw new Error(`not within ${milliseconds / 1000} s: ${wanted}`);
    await sleep(40);
  }
}
