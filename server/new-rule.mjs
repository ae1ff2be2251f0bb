/**
 * `npm run new:rule http/what-drifted`: the file of a new rule and its lines in the registry. What is left to write
 * is marked TODO, and the tests stay red until it is written. See server/docs/new-rule.md.
 */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const drift = join(dirname(fileURLToPath(import.meta.url)), 'src/drift');

/** `http/undocumented-tea` → `undocumentedTea`. */
function constantOf(id) {
  return id.split('/')[1].replace(/-([a-z])/g, (_, letter) => letter.toUpperCase());
}

/** What is wrong with an id; undefined for nothing. */
export function faultOf(id) {
  if (id === undefined) return 'usage: npm run new:rule <protocol>/<what-drifted>';
  return /^[a-z]+\/[a-z]+(?:-[a-z]+)*$/.test(id)
    ? undefined
    : `"${id}" is no id: <protocol>/<what-drifted> in small letters and hyphens, as in http/unsent-status`;
}

export function ruleFile(id) {
  return `import type { OperationName } from '../../../contract/finding.ts';
import { defineRule } from '../../define-rule.ts';
import { label, operationName } from '../../http/names.ts';

interface State {
  readonly operation: OperationName;
}

export const ${constantOf(id)} = defineRule({
  id: '${id}',
  title: 'TODO what is wrong, in one line without a full stop',
  docs: \`TODO why it matters to a client; then when the rule is silent.\`,
  severity: 'warning',
  axis: { subject: 'operation', drift: 'mismatch' },
  on: 'matched',
  *detect({ spec, code }) {
    // TODO: a claim that something is missing needs \`complete: true\` on the side where it is missing.
    if (!spec.outputs.complete || !code.outputs.complete) return;
    const operation = operationName(spec);
    yield { at: code.at, state: { operation }, operation };
  },
  message: ({ operation }: State) => \`\${label(operation)} TODO.\`,
  // Two or more of each: whole workspaces in the fixture format of test/support/fixture.ts.
  valid: [],
  invalid: [],
});
`;
}

/** The registry with the import in its alphabetical place and the rule at the end of the list. */
export function withRule(registry, id) {
  const name = constantOf(id);
  const line = `import { ${name} } from './rules/${id}.ts';`;
  const lines = registry.split('\n');
  const imports = lines.flatMap((text, at) => (/ from '\.\/rules\//.test(text) ? [{ text, at }] : []));
  const pathOf = (text) => /'([^']+)'/.exec(text)?.[1] ?? '';
  const next = imports.find(({ text }) => pathOf(text) > pathOf(line));
  const at = next?.at ?? (imports.at(-1)?.at ?? 0) + 1;
  const end = lines.lastIndexOf('];');
  if (end < 0) throw new Error('the registry has no list that ends with "];"');
  return [...lines.slice(0, at), line, ...lines.slice(at, end), `  ${name},`, ...lines.slice(end)].join('\n');
}

function main(id) {
  const file = join(drift, 'rules', `${id}.ts`);
  const fault = faultOf(id) ?? (existsSync(file) ? `there is a rule ${id} already` : undefined);
  if (fault !== undefined) {
    process.stderr.write(`${fault}\n`);
    process.exit(2);
  }
  const registry = join(drift, 'registry.ts');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, ruleFile(id));
  writeFileSync(registry, withRule(readFileSync(registry, 'utf8'), id));
  process.stdout.write(`${file}\n${registry}\nNext: server/docs/new-rule.md, then npm test\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main(process.argv[2]);
