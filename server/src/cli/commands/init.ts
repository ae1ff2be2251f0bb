/** `init`: writes a configuration file that says what was found, to be corrected by hand. */

import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { reasonOf } from '../../host/read-text.ts';
import type { ExitCode, Io } from '../io.ts';
import type { Session } from '../session.ts';

const name = 'backend-contract.config.yaml';

export function init(session: Session, io: Io): ExitCode {
  const path = join(session.workspace.folder, name);
  if (existsSync(path)) {
    io.err(`${name} is already there.\n`);
    return 2;
  }
  try {
    writeFileSync(path, configText(session));
  } catch (error) {
    io.err(`${name} cannot be written: ${reasonOf(error)}.\n`);
    return 2;
  }
  io.out(`Wrote ${name}.\n`);
  return 0;
}

function configText({ snapshot }: Session): string {
  const bound = snapshot.links.filter(({ specs, codes }) => specs.length > 0 && codes.length > 0);
  const lines = bound.flatMap(({ specs, codes }) =>
    specs.flatMap((spec) => [
      `  - spec: ${JSON.stringify(spec.file)}`,
      `    roots: ${JSON.stringify(codes.map((code) => code.root))}`,
    ]),
  );
  return `# Which documents describe which servers. Found by \`backend-contract init\`; correct it where it is wrong.
specs:${lines.length === 0 ? ' []' : `\n${lines.join('\n')}`}
`;
}
