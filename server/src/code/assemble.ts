/** The code side of assembly: evaluates the program of one server root and gives its contract. */

import type { Assembled } from '../contract/facts.ts';
import { collection } from '../contract/knowledge.ts';
import type { CodeContract, CodeOperation } from '../contract/operation.ts';
import type { FileId } from '../contract/span.ts';
import type { Func } from './program/program.ts';
import { attempt } from './evaluate/attempt.ts';
import { nodeModule } from './evaluate/globals.ts';
import { createMemory, forget } from './evaluate/memory.ts';
import { moduleOf } from './evaluate/modules.ts';
import { createRun, isolated, limitReason, type Project, type Run } from './evaluate/run.ts';
import { startLeftovers } from './evaluate/leftovers.ts';
import { shapeKey } from '../contract/path.ts';
import { createDecoratedWorld, decoratedModel } from './frameworks/decorated/model.ts';
import { decoratedPackages, walkDecorated } from './frameworks/decorated/walk.ts';
import { specFirstModel } from './frameworks/express/spec-first/packages.ts';
import { expressModel } from './frameworks/express/index.ts';
import type { ExpressWorld } from './frameworks/express/router.ts';
import { walkRouters } from './frameworks/express/tree.ts';
import type { ExpressResult } from './frameworks/express/walk.ts';
import { environmentDefaults, nodeConfig } from './frameworks/http/configuration.ts';
import { containerModel } from './frameworks/libraries/containers.ts';
import { documentLoaders } from './frameworks/http/documents.ts';
import { specsOfPrograms, type GatheringCall } from './frameworks/http/made-specs.ts';
import { lodash } from './frameworks/libraries/lodash.ts';
import { promises } from './frameworks/libraries/promises.ts';
import { statusConstants } from './frameworks/http/status-constants.ts';
import { nestModel } from './frameworks/nest/index.ts';
import { walkNest } from './frameworks/nest/tree.ts';
import { createNestWorld } from './frameworks/nest/world.ts';
import { expressSyntax } from './paths/route-path.ts';
import { passport } from './frameworks/http/passport.ts';
import { classMeetings } from './frameworks/classes/meetings.ts';
import { validators } from './shapes/validators/calls.ts';
import { majorOf } from './resolve/packages.ts';
import { shapesOf } from './shapes/table.ts';
import { startFiles } from './start.ts';

export type { Project } from './evaluate/run.ts';

/** Steps for starting a server: registering 1,000 routes takes about 100,000. */
const startSteps = 3_000_000;

/** The program of one server root, evaluated as far as its start. */
export interface Server {
  /** What it serves; handlers are evaluated where that was not done before. */
  assemble(): Assembled<CodeContract>;
  /** May edits be taken in? Not while facts are missing, after a fault of ours, or where handlers register routes. */
  readonly patchable: boolean;
  /** Functions that have to stay as they are for an edit to be taken in, and files that were evaluated in full. */
  readonly settled: ReadonlySet<Func>;
  readonly started: ReadonlySet<FileId>;
  /** The facts of these files were changed in place: what was found out with their help is forgotten. */
  edited(files: ReadonlySet<FileId>): void;
}

/**
 * Starts the program of a root: `root` is a folder relative to the workspace, `.` for the whole of it; `roots` are
 * those of all servers. `tracks` is for those who will take in edits.
 */
export function startServer(
  root: string,
  project: Project,
  roots: readonly string[],
  tracks: boolean,
): Server {
  const starts = startFiles(root, project, roots);
  const gatherings: GatheringCall[] = [];
  const express: ExpressWorld = { routers: [], specs: gatherings };
  const nest = createNestWorld();
  const decorated = createDecoratedWorld(nest);
  const run = createRun(
    project,
    [
      {
        external: (target, value, _how, args, site) =>
          nodeModule(target, value, args, site) ??
          nodeConfig(target, value, args, site) ??
          environmentDefaults(target, value, args, site),
      },
      documentLoaders,
      specsOfPrograms(gatherings),
      specFirstModel(express),
      statusConstants,
      nestModel(nest, express),
      expressModel(express),
      decoratedModel(decorated),
      containerModel(),
      lodash,
      promises,
      validators,
      classMeetings,
      passport,
    ],
    new Set(starts.files),
    createMemory(tracks),
  );
  run.stepLimit = startSteps;
  const guarded = (file: FileId, work: () => void): void => {
    const fault = attempt(run, { file, start: 0, end: 0 }, () => isolated(run, work));
    if (fault) run.gaps.push(fault);
  };
  for (const file of starts.order) guarded(file, () => void moduleOf(run, file));
  const [place] = starts.order;
  if (run.wants.size === 0 && place !== undefined) guarded(place, () => startLeftovers(run, starts.files));
  return {
    assemble() {
      // Handlers are worth evaluating only once everything that registers them was read.
      if (run.wants.size > 0)
        return { contract: emptyContract(root), problems: [], wants: [...run.wants].sort() };
      const walked: ExpressResult[] = [];
      if (place !== undefined) {
        guarded(place, () => {
          const syntax = expressSyntax(expressMajor(root, run));
          const routed = walkRouters(run, express.routers, syntax, decoratedPackages(run, decorated));
          const own = walkDecorated(run, decorated, routed);
          // What a generator wrote from the decorators registers the same routes once more.
          const read = new Set(own.map(addressOf));
          const others = routed.operations.filter((operation) => !read.has(addressOf(operation)));
          walked.push({ ...routed, operations: [...others, ...own] });
        });
        guarded(place, () => void walked.push(walkNest(run, nest, root)));
      }
      const found = contractOf(root, run, walked);
      let contract: CodeContract = found;
      run.stepLimit = run.steps + startSteps;
      for (const { at, tell } of gatherings)
        guarded(at.file, () => {
          contract = { ...contract, gatherings: [...(contract.gatherings ?? []), tell()] };
        });
      if (place !== undefined)
        guarded(place, () => {
          const shapes = shapesOf(run, [...found.operations.items, ...found.detached]);
          if (Object.keys(shapes).length > 0) contract = { ...contract, shapes };
        });
      return { contract, problems: run.faults, wants: [...run.wants].sort() };
    },
    get patchable() {
      return run.wants.size === 0 && run.faults.length === 0 && !run.late;
    },
    settled: run.called,
    started: run.started,
    edited: (files) => forget(run, files),
  };
}

function contractOf(root: string, run: Run, walked: readonly ExpressResult[]): CodeContract {
  const operations = walked.flatMap((one) => one.operations);
  // A function is told once, whatever it was called with.
  const cut = new Map(run.cutCalls.map(({ callee }) => [callee.fn, limitReason(callee.at)]));
  return {
    side: 'code',
    root,
    frameworks: [...new Set(operations.map(({ origin }) => origin.framework))],
    operations: collection(operations, [...run.gaps, ...cut.values(), ...walked.flatMap((one) => one.gaps)]),
    detached: walked.flatMap((one) => one.detached),
    opaque: walked.flatMap((one) => one.opaque),
  };
}

function addressOf({ key }: CodeOperation): string {
  return `${key.method} ${shapeKey(key.path)}`;
}

function emptyContract(root: string): CodeContract {
  return { side: 'code', root, frameworks: [], operations: collection([]), detached: [], opaque: [] };
}

function expressMajor(root: string, run: Run): number | undefined {
  const { packages } = run.project;
  const range = packages.declared(root, 'express')?.range;
  return range === undefined ? undefined : majorOf(range);
}
