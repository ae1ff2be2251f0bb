/** A real VS Code, of whatever kind this machine can have. */

import type { SuiteResult } from './ask.ts';

export interface HostOptions {
  /** A folder for everything that is written while testing. */
  readonly scratch: string;
  /** Where screenshots go. */
  readonly pictures: string;
  readonly vsix: string;
  /** An empty extension: VS Code runs tests only beside one that is under development, and ours is installed. */
  readonly testExtension: string;
  /** The bundled suite. */
  readonly tests: string;
  /** False for Restricted Mode. */
  readonly trust: boolean;
}

export interface Run {
  /** A folder or a `.code-workspace` file. */
  readonly workspace: string;
  readonly milliseconds: number;
  readonly page?: {
    readonly colorScheme?: 'light' | 'dark';
    readonly viewport?: { width: number; height: number };
  };
}

export interface Host {
  /** For the report: which host ran. */
  readonly name: string;
  /** Whether there is a window that can be looked at. */
  readonly window: boolean;
  run(run: Run): Promise<SuiteResult>;
  stop(): Promise<void>;
}

/** What would be in the way of pictures and of cases. */
export const settings: Readonly<Record<string, unknown>> = {
  'chat.disableAIFeatures': true,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'extensions.ignoreRecommendations': true,
  'files.autoSave': 'off',
  'security.workspace.trust.startupPrompt': 'never',
};
