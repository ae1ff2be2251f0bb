/** `init`: writes a configuration file that says what was found, to be corrected by hand. */

import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configFileNames } from '../../config/config.ts';
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
  const roots = new Map<string, string[]>();
  for (const { specs, codes } of bound) {
    for (const { file } of specs)
      roots.set(file, [...(roots.get(file) ?? []), ...codes.map(({ root }) => root)]);
  }
  const lines = [...roots].flatMap(([file, dirs]) => [
    `  - file: ${JSON.stringify(file)}`,
    `    roots: [${[...new Set(dirs)].map((dir) => JSON.stringify(dir)).join(', ')}]`,
  ]);
  const found =
    lines.length === 0
      ? '# specs:\n#   - file: openapi.yaml\n#     roots: [apps/api]'
      : `specs:\n${lines.join('\n')}`;
  return `# Which OpenAPI documents describe which servers. Documents that are not listed here are not checked.
${found}

# How severe the findings of a rule are: error, warning, info or off. \`backend-contract explain <rule>\` tells why.
rules: {}
`;
}
