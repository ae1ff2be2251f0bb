/** What a command may touch of the outside. Handed in, so that tests run commands without a process. */

export interface Io {
  /** Standard output: the report and nothing else. */
  out(text: string): void;
  /** Standard error: progress and complaints. */
  err(text: string): void;
  /** Folder that relative paths start from. */
  readonly cwd: string;
  /** True where standard output is a terminal that shows colours. */
  readonly colors: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  /** True where standard error is a terminal, so that progress can be shown and taken away. */
  readonly progress: boolean;
  /** Milliseconds since some fixed moment. */
  now(): number;
  /** ISO 8601: `2026-01-31`. */
  today(): string;
}

/** Exit codes: clean, findings at or above the limit, wrong use or nothing to compare. */
export type ExitCode = 0 | 1 | 2;
