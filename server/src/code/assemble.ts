/** The code side of assembly: evaluates the program of one server root and gives its contract. */

import type { Assembled } from '../contract/facts.ts';
import type { Problem } from '../contract/finding.ts';
import { collection } from '../contract/knowledge.ts';
import type { CodeContract } from '../contract/operation.ts';
import type { FileId } from '../contract/span.ts';
import { attempt } from './evaluate/attempt.ts';
import { nodeModule } from './evaluate/globals.ts';
import { moduleOf } from './evaluate/modules.ts';
import { createRun, isolated, type Project, type Run } from './evaluate/run.ts';
import { startLeftovers } from './evaluate/leftovers.ts';
import { expressModel } from './frameworks/express/index.ts';
import type { ExpressWorld } from './frameworks/express/router.ts';
import { walkRouters, type ExpressResult } from './frameworks/express/tree.ts';
import { nodeConfig } from './frameworks/http/configuration.ts';
import { containerModel } from './frameworks/libraries/containers.ts';
import { lodash } from './frameworks/libraries/lodash.ts';
import { statusConstants } from './frameworks/http/status-constants.ts';
import { nestModel } from './frameworks/nest/index.ts';
import { walkNest } from './frameworks/nest/tree.ts';
import { createNestWorld } from './frameworks/nest/world.ts';
import { expressSyntax } from './paths/route-path.ts';
import { majorOf } from './resolve/packages.ts';
import { startFiles } from './start.ts';

export type { Project } from './evaluate/run.ts';

/** Steps for starting a server: registering 1,000 routes takes about 100,000. */
const startSteps = 3_000_000;

/** `root` is a folder relative to the workspace, `.` for the whole of it; `roots` are those of all servers. */
export function assembleCode(
  root: string,
  project: Project,
  roots: readonly string[] = [],
): Assembled<CodeContract> {
  const starts = startFiles(root, project, roots);
  const express: ExpressWorld = { routers: [] };
  const nest = createNestWorld();
  const run = createRun(
    project,
    [
      {
        external: (target, value, _how, args, site) =>
          nodeModule(target, value, args, site) ?? nodeConfig(target, value, args, site),
      },
      statusConstants,
      nestModel(nest, express),
      expressModel(express),
      containerModel(),
      lodash,
    ],
    new Set(starts.files),
  );
  run.stepLimit = startSteps;
  const guarded = (file: FileId, work: () => void): void => {
    const fault = attempt(run, { file, start: 0, end: 0 }, () => isolated(run, work));
    if (fault) run.gaps.push(fault);
  };
  for (const file of starts.order) guarded(file, () => void moduleOf(run, file));
  const [place] = starts.order;
  if (run.wants.size === 0 && place !== undefined) guarded(place, () => startLeftovers(run, starts.files));
  // Handlers are worth evaluating only once everything that registers them was read.
  if (run.wants.size > 0)
    return { contract: emptyContract(root), problems: [], wants: [...run.wants].sort() };
  const walked: ExpressResult[] = [];
  if (place !== undefined) {
    guarded(
      place,
      () => void walked.push(walkRouters(run, express.routers, expressSyntax(expressMajor(root, run)))),
    );
    guarded(place, () => void walked.push(walkNest(run, nest, root)));
  }
  const operations = walked.flatMap((one) => one.operations);
  return {
    contract: {
      side: 'code',
      root,
      frameworks: [...new Set(operations.map(({ origin }) => origin.framework))],
      operations: collection(operations, [...run.gaps, ...walked.flatMap((one) => one.gaps)]),
      detached: walked.flatMap((one) => one.detached),
      opaque: walked.flatMap((one) => one.opaque),
    },
    problems: problemsOf(run),
    wants: [...run.wants].sort(),
  };
}

function emptyContract(root: string): CodeContract {
  return { side: 'code', root, frameworks: [], operations: collection([]), detached: [], opaque: [] };
}

function expressMajor(root: string, run: Run): number | undefined {
  const { packages } = run.project;
  const range = packages.declared(root, 'express')?.range;
  return range === undefined ? undefined : majorOf(range);
}

function problemsOf(run: Run): readonly Problem[] {
  const read = [...run.modules.keys()]
    .sort()
    .flatMap((file: FileId) => run.project.view.get(file)?.problems ?? []);
  return [...read, ...run.faults];
}
