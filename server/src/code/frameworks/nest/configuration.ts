/** Configuration of `@nestjs/config`: what `registerAs` and `load` give, and what `ConfigService` says of it. */

import { callValue } from '../../evaluate/calls.ts';
import { getMember } from '../../evaluate/members.ts';
import { lastingly, type Run } from '../../evaluate/run.ts';
import { fixedText } from '../../evaluate/text-parts.ts';
import {
  model,
  native,
  objectOf,
  text,
  undefinedValue,
  type ExternalValue,
  type Site,
  type Value,
} from '../../evaluate/values.ts';
import { option, packageOf } from '../classes/decorators.ts';
import type { NestWorld } from './world.ts';

const packageName = '@nestjs/config';

/** `registerAs('app', () => ({ … }))`, and what is asked of it. */
function registered(value: Value | undefined): ExternalValue | undefined {
  return value?.t === 'external' &&
    packageOf(value.module) === packageName &&
    value.args &&
    value.path.join('.') === 'registerAs'
    ? value
    : undefined;
}

/** `appConfig()` calls what was registered. */
export function configurationOf(run: Run, value: Value, site: Site): Value | undefined {
  const [, factory] = registered(value)?.args ?? [];
  return factory && callValue(run, factory, [], site);
}

/** `@Inject(appConfig.KEY) config: ConfigType<typeof appConfig>` gets what was registered. */
export function configurationFor(run: Run, token: Value): Value | undefined {
  if (token.t !== 'external' || token.path.at(-1) !== 'KEY' || !token.on) return undefined;
  return configurationOf(run, token.on, { at: token.at, file: token.at.file });
}

/** `ConfigModule.forRoot({ load: [appConfig] })`, `ConfigModule.forFeature(appConfig)`: what it loads is known from now on. */
export function loadConfiguration(run: Run, world: NestWorld, value: ExternalValue): void {
  if (packageOf(value.module) !== packageName || value.path[0] !== 'ConfigModule') return;
  const [first] = value.args ?? [];
  const loaded = value.path[1] === 'forFeature' ? first : option(first, 'load');
  const site = { at: value.at, file: value.at.file };
  for (const one of loaded?.t === 'array' ? loaded.items : loaded ? [loaded] : []) {
    const name = registered(one)?.args?.[0];
    const found = lastingly(run, () => configurationOf(run, one, site) ?? callValue(run, one, [], site));
    world.configurations.push(name ? objectOf([[fixedText(name) ?? '', found]], value.at) : found);
  }
}

/** `configService.get('app.prefix', '/api')`: what was loaded under the name, else the default, which deployment may change. */
export function configService(run: Run, world: NestWorld): Value {
  return model({
    kind: 'nest-config-service',
    get: (name) =>
      name === 'get' || name === 'getOrThrow'
        ? native(name, ([key, other], site) => {
            const path = key && fixedText(key);
            const found = path === undefined ? undefined : lookUp(run, world, path, site);
            if (found) return found;
            const fixed = other && fixedText(other);
            return fixed === undefined
              ? configured(path, site)
              : { ...text(fixed, site.at), parts: [{ text: fixed, configured: true }] };
          })
        : native(name, () => undefinedValue),
  });
}

function lookUp(run: Run, world: NestWorld, path: string, site: Site): Value | undefined {
  const names = path.split('.');
  for (const one of world.configurations.toReversed()) {
    let found: Value = one;
    for (const name of names)
      found = found.t === 'object' ? getMember(run, found, name, site) : undefinedValue;
    if (found.t !== 'undefined') return found;
  }
  return undefined;
}

function configured(path: string | undefined, site: Site): Value {
  const what = path === undefined ? 'configuration' : `configuration ${path}`;
  return { t: 'unknown', reason: { why: 'dynamic', what, at: site.at }, configured: true };
}

/** Is it the class that is asked for configuration? */
export function isConfigService(module: string, path: readonly string[]): boolean {
  return packageOf(module) === packageName && path.join('.') === 'ConfigService';
}
