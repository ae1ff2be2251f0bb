/** Configuration with defaults that are written in the workspace: node-config's `config/default.*`, envalid, env-var. */

import { fileId } from '../../../contract/span.ts';
import { entriesOf, getMember } from '../../evaluate/members.ts';
import { importBinding } from '../../evaluate/modules.ts';
import type { Run } from '../../evaluate/run.ts';
import { fixedText } from '../../evaluate/text-parts.ts';
import { objectOf, text, type ExternalValue, type Site, type Value } from '../../evaluate/values.ts';

const files = ['default.json', 'default.yaml', 'default.yml', 'default.js', 'default.cjs', 'default.ts'];

/** Packages that are asked for values which deployment sets; a default beside such a call is its likely value. */
const readers: ReadonlySet<string> = new Set(['config', 'nconf', 'painless-config']);

/** `config.get('server.path')` of the package `config`: the default, which deployment may change. */
export function nodeConfig(
  run: Run,
  value: ExternalValue,
  args: readonly Value[],
  site: Site,
): Value | undefined {
  if (!readers.has(value.module) || value.path.at(-1) !== 'get') return undefined;
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
  if (file === undefined || value.module !== 'config') return configured;
  const up = '../'.repeat(site.file.split('/').length - 1);
  let found = importBinding(run, site.file, `${up === '' ? './' : up}${file}`, 'default', site.at);
  for (const part of key.split('.')) found = getMember(run, found, part, site);
  const fixed = found.t === 'text' ? fixedText(found) : undefined;
  return fixed === undefined
    ? configured
    : { ...text(fixed, site.at), parts: [{ text: fixed, configured: true }] };
}

/** `cleanEnv(process.env, { BASE: str({ default: '/v1' }) })` of envalid, `get('BASE').default('/v1').asString()` of env-var. */
export function environmentDefaults(
  run: Run,
  value: ExternalValue,
  args: readonly Value[],
  site: Site,
): Value | undefined {
  const name = value.path.at(-1) ?? '';
  if (value.module === 'envalid' && name === 'cleanEnv') {
    if (!args[1]) return undefined;
    const { entries, open } = entriesOf(run, args[1], site);
    return objectOf(
      entries.map(([key, one]) => {
        const [options] = one.t === 'external' ? (one.args ?? []) : [];
        const written = ['default', 'devDefault'].map(
          (option) => options && getMember(run, options, option, site),
        );
        return [
          key,
          withDefault(
            written.find((each) => each && each.t !== 'undefined'),
            key,
            site,
          ),
        ];
      }),
      site.at,
      open,
    );
  }
  if (value.module !== 'env-var' || !/^as[A-Z]/.test(name)) return undefined;
  for (let call = value.on; call; call = call.on)
    if (call.path.at(-1) === 'default') return withDefault(call.args?.[0], 'variable', site);
  return withDefault(undefined, 'variable', site);
}

function withDefault(written: Value | undefined, key: string, site: Site): Value {
  const fixed = written && fixedText(written);
  return fixed === undefined
    ? {
        t: 'unknown',
        reason: { why: 'dynamic', what: `environment variable ${key}`, at: site.at },
        configured: true,
      }
    : { ...text(fixed, site.at), parts: [{ text: fixed, configured: true }] };
}
