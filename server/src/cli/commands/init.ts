/** `init`: writes a configuration file that says what was found, to be corrected by hand. */

import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configFileNames } from '../../config/config.ts';
import { suggestConfig } from '../../engine/suggested-config.ts';
import { reasonOf } from '../../host/read-text.ts';
import type { ExitCode, Io } from '../io.ts';
import type { Session } from '../session.ts';

const [name] = configFileNames;

export function init(session: Session, io: Io): ExitCode {
  const path = join(session.workspace.folder, name);
  if (existsSync(path)) {
    io.err(`${name} is already there.\n`);
    return 2;
  }
  try {
    writeFileSync(path, suggestConfig(session.snapshot));
  } catch (error) {
    io.err(`${name} cannot be written: ${reasonOf(error)}.\n`);
    return 2;
  }
  io.out(`Wrote ${name}.\n`);
  return 0;
}
