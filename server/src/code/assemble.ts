/** The code side of assembly: evaluates the program of one server root and gives its contract. */

import type { Assembled } from '../contract/facts.ts';
import type { Problem } from '../contract/finding.ts';
import { collection } from '../contract/knowledge.ts';
import type { CodeContract } from '../contract/operation.ts';
import type { FileId } from '../contract/span.ts';
import { nodeModule } from './evaluate/globals.ts';
import { moduleOf } from './evaluate/modules.ts';
import { createRun, isolated, type Project, type Run } from './evaluate/run.ts';
import { startLeftovers } from './evaluate/leftovers.ts';
import { expressModel } from './frameworks/express/index.ts';
import type { ExpressWorld } from './frameworks/express/router.ts';
import { walkRouters } from './frameworks/express/tree.ts';
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
export function assembleCode(root: string, project: Project, roots: readonly string[] = []): Assembled<CodeContract> {
  const starts = startFiles(root, project, roots);
  const express: ExpressWorld = { routers: [] };
  const nest = createNestWorld();
  const run = createRun(
    project,
    [{ external: (target, value, _how, args, site) => nodeModule(target, value, args, site) ?? nodeConfig(target, value, args, site) }, statusConstants, nestModel(nest, express), expressModel(express), containerModel(), lodash],
    new Set(starts.files),
  );
  run.stepLimit = startSteps;
  for (const file of starts.order) isolated(run, () => moduleOf(run, file));
  if (run.wants.size === 0) startLeftovers(run, starts.files);
  // Handlers are worth evaluating only once everything that registers them was read.
  if (run.wants.size > 0) return { contract: emptyContract(root), problems: [], wants: [...run.wants].sort() };
  const result = walkRouters(run, express.routers, expressSyntax(expressMajor(root, run)));
  const nested = walkNest(run, nest, root);
  const operations = [...result.operations, ...nested.operations];
  return {
    contract: {
      side: 'code',
      root,
      frameworks: [...new Set(operations.map(({ origin }) => origin.framework))],
      operations: collection(operations, [...result.gaps, ...nested.gaps]),
      detached: [...result.detached, ...nested.detached],
      opaque: [...result.opaque, ...nested.opaque],
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
  return [...run.modules.keys()].sort().flatMap((file: FileId) => run.project.view.get(file)?.problems ?? []);
}
