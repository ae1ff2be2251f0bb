/** The entry that VS Code loads (`extensionTestsPath`). */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { groupFile } from '../driver/ask.ts';
import { authoringCases } from './authoring.ts';
import { completionCases } from './completion.ts';
import { driftCases } from './drift.ts';
import { exampleCases } from './example.ts';
import { runCases, scratchFolder, type Case } from './harness.ts';
import { lintCases, restrictedCases } from './lint.ts';
import { newContractCases } from './new-contract.ts';
import { swaggerUiCases } from './swagger-ui.ts';
import { tryItCases } from './try-it.ts';
import { editCases, lookCases, themeCases } from './visit.ts';
import { writingCases } from './writing.ts';

const groups: Readonly<Record<string, readonly Case[]>> = {
  example: [
    ...exampleCases,
    ...driftCases,
    ...completionCases,
    ...lintCases,
    ...authoringCases,
    ...newContractCases,
    ...tryItCases,
    ...swaggerUiCases,
  ],
  restricted: restrictedCases,
  writing: writingCases,
  panels: [...tryItCases, ...swaggerUiCases],
  look: lookCases,
  edit: editCases,
  themes: themeCases,
};

export async function run(): Promise<void> {
  const name = readFileSync(join(scratchFolder(), groupFile), 'utf8');
  await runCases(groups[name] ?? []);
}
