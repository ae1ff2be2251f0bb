/** Runs programs and measures them. */

import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const usage = pathToFileURL(
  join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, 'usage.mjs'),
).href;

/** Wall time in ms; of a Node program also processor time in ms and the peak of its memory in MB. */
export function measureNode(args, { okay = [0] } = {}) {
  const file = join(tmpdir(), `usage-${process.pid}.json`);
  const result = measure(process.execPath, ['--import', usage, ...args], {
    okay,
    env: { ...process.env, USAGE_FILE: file },
  });
  const used = JSON.parse(readFileSync(file, 'utf8'));
  rmSync(file);
  return { ...result, ...used };
}

export function measure(program, args, { okay = [0], ...options } = {}) {
  const started = performance.now();
  const done = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 29, ...options });
  const ms = performance.now() - started;
  if (done.error || !okay.includes(done.status)) {
    throw new Error(
      `${program} ${args.join(' ')} ended with ${done.status}: ${done.error?.message ?? done.stderr.slice(-600)}`,
    );
  }
  return { ms, stdout: done.stdout };
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The exponent of growth: 1 is linear. Least squares over the logarithms. */
export function slope(points) {
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)]);
  const meanX = logs.reduce((sum, [x]) => sum + x, 0) / logs.length;
  const meanY = logs.reduce((sum, [, y]) => sum + y, 0) / logs.length;
  const over = logs.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  return over / logs.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
}
