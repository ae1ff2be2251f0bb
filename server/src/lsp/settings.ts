/** Settings of the editor: one table for the defaults, the manifest and the reading of what the user wrote. */

interface Setting<T> {
  readonly default: T;
  readonly description: string;
}

export const settingsTable = {
  'codeLens.enabled': {
    default: true,
    description: 'Show above handlers and operations what is on the other side.',
  },
  'inlayHints.enabled': {
    default: false,
    description: 'Show at the end of a registration what could not be told about the route, and why.',
  },
  'hover.enabled': {
    default: true,
    description: 'Show the contract on handlers, and the handler on operations.',
  },
  'lint.enabled': {
    default: true,
    description:
      'Lint specifications with Spectral: with the nearest .spectral.yaml, .json or .js, else with the built-in rules.',
  },
  'notes.enabled': {
    default: true,
    description: 'Show notes: what is worth knowing and no drift.',
  },
} satisfies Readonly<Record<string, Setting<boolean>>>;

export type Settings = { readonly [K in keyof typeof settingsTable]: boolean };

export const section = 'backendContract';

/** What the user wrote, as the protocol gives it: nested by dots, anything missing or of another type has its default. */
export function readSettings(given: unknown): Settings {
  const entries = Object.entries(settingsTable).map(([name, setting]) => {
    let value: unknown = given;
    for (const part of name.split('.'))
      value =
        typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[part] : undefined;
    return [name, typeof value === 'boolean' ? value : setting.default];
  });
  return Object.fromEntries(entries) as Settings;
}

export const defaultSettings: Settings = readSettings(undefined);

/** `contributes.configuration` of the manifest. */
export function manifestConfiguration(): unknown {
  return {
    title: 'Backend Contract',
    properties: Object.fromEntries(
      Object.entries(settingsTable).map(([name, setting]) => [
        `${section}.${name}`,
        { type: 'boolean', scope: 'resource', ...setting },
      ]),
    ),
  };
}
