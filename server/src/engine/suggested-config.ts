/** A configuration that says what was found, to be corrected by hand. */

import type { Snapshot } from './snapshot.ts';

/** YAML. Paths are relative to the workspace folder, where the file belongs. */
export function suggestConfig({ links }: Snapshot): string {
  const bound = links.filter(({ specs, codes }) => specs.length > 0 && codes.length > 0);
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
