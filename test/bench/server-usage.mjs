/**
 * Loaded into a language server: on SIGUSR2 it writes what the process used since the last time, to USAGE_FILE. The
 * longest block is of the main thread's loop, where everything is answered; it is watched from the first signal to the
 * second, and not afterwards, because watching takes a percent of a processor.
 */

import { renameSync, writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

if (isMainThread && process.env.USAGE_FILE !== undefined) {
  // Later than it should by as much as the loop was blocked; the timer itself may be late by its resolution.
  const resolution = 2;
  const delay = monitorEventLoopDelay({ resolution });
  let signals = 0;
  let cpu = process.cpuUsage();
  let at = performance.now();
  process.on('SIGUSR2', () => {
    const used = process.cpuUsage(cpu);
    const now = performance.now();
    const state = {
      block: delay.max / 1e6,
      cpu: (used.user + used.system) / 1000 / (now - at),
      megabytes: process.memoryUsage().rss / 1e6,
      peak: process.resourceUsage().maxRSS / 1000,
    };
    delay.reset();
    signals += 1;
    if (signals === 1) delay.enable();
    else delay.disable();
    cpu = process.cpuUsage();
    at = now;
    const file = process.env.USAGE_FILE;
    writeFileSync(`${file}.part`, JSON.stringify(state));
    renameSync(`${file}.part`, file);
  });
}
