/** Colours by meaning. */

import picocolors from 'picocolors';
import type { Finding } from '../../contract/finding.ts';

export type Level = Finding['severity'];

export interface Theme {
  readonly width: number;
  strong(text: string): string;
  quiet(text: string): string;
  accent(text: string): string;
  good(text: string): string;
  level(level: Level, text: string): string;
}

export const levels: readonly Level[] = ['error', 'warning', 'info'];

export const marks: Readonly<Record<Level, string>> = { error: '✖', warning: '▲', info: '·' };

export function createTheme(colors: boolean, width: number): Theme {
  const paint = picocolors.createColors(colors);
  const byLevel: Readonly<Record<Level, (text: string) => string>> = {
    error: paint.red,
    warning: paint.yellow,
    info: paint.cyan,
  };
  return {
    width,
    strong: paint.bold,
    quiet: paint.dim,
    accent: paint.cyan,
    good: paint.green,
    level: (level, text) => byLevel[level](text),
  };
}

/** `1 route`, `2 routes`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
