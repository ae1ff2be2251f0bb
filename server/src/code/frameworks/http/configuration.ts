/** Configuration that is written in the workspace: node-config's `config/default.*`. */

import { fileId } from '../../../contract/span.ts';
import { getMember } from '../../evaluate/members.ts';
import { importBinding } from '../../evaluate/modules.ts';
import type { Run } from '../../evaluate/run.ts';
import { fixedText, text, type ExternalValue, type Site, type Value } from '../../evaluate/values.ts';

const files = ['default.json', 'default.yaml', 'default.yml', 'default.js', 'default.cjs', 'default.ts'];

/** `config.get('server.path')` of the package `config`: the default, which deployment may change. */
export function nodeConfig(
  run: Run,
  value: ExternalValue,
  args: readonly Value[],
  site: Site,
): Value | undefined {
  if (value.module !== 'config' || value.path.at(-1) !== 'get') return undefined;
  const key = args[0] && fixedText(args[0]);
  if (key === undefined) return undefined;
  const dir = run.project.packages.nearest(site.file)?.dir ?? '.';
  const folder = dir === '.' ? 'config' : `${dir}/config`;
  const file = files.map((name) => fileId(`${folder}/${name}`)).find((one) => run.project.view.has(one));
  const configured: Value = {
    t: 'unknown',
    reason: { why: 'dynamic', what: `configuration ${key}`, at: site.at },
    configured: true,
  };
  if (file === undefined) return configured;
  const up = '../'.repeat(site.file.split('/').length - 1);
  let found = importBinding(run, site.file, `${up === '' ? './' : up}${file}`, 'default', site.at);
  for (const part of key.split('.')) found = getMember(run, found, part, site);
  const fixed = found.t === 'text' ? fixedText(found) : undefined;
  return fixed === undefined
    ? configured
    : { ...text(fixed, site.at), parts: [{ text: fixed, configured: true }] };
}
