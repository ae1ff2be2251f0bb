/** The driver's end of `ask.ts`: waits for the result of the suite and answers its questions meanwhile. */

import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { resultFile, type Answer, type Question, type SuiteResult } from './ask.ts';

export interface Waiting {
  readonly scratch: string;
  readonly milliseconds: number;
  answer(question: Question): Promise<Answer>;
  /** Why the host is gone; undefined while it lives. */
  gone(): string | undefined;
}

/** Rejects when the host dies, or when the suite takes too long. */
export async function awaitResult({ scratch, milliseconds, answer, gone }: Waiting): Promise<SuiteResult> {
  const end = Date.now() + milliseconds;
  for (let number = 1; ;) {
    const result = join(scratch, resultFile);
    if (existsSync(result)) return JSON.parse(readFileSync(result, 'utf8')) as SuiteResult;
    const question = join(scratch, `question-${number}.json`);
    if (existsSync(question)) {
      const asked = JSON.parse(readFileSync(question, 'utf8')) as Question;
      const answered = await answer(asked).catch((error: unknown) => ({ failure: String(error) }));
      rmSync(question);
      const file = join(scratch, `answer-${number}.json`);
      writeFileSync(`${file}.part`, JSON.stringify(answered));
      renameSync(`${file}.part`, file);
      number++;
      continue;
    }
    const reason = gone();
    if (reason !== undefined) throw new Error(`the host is gone: ${reason}`);
    if (Date.now() > end) throw new Error(`no result after ${milliseconds / 1000} s`);
    await sleep(30);
  }
}
