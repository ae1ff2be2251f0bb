/** The command line: options in, an exit code out. */

import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { draftVersions } from '../draft/contract.ts';
import type { Analysis } from '../host/perform.ts';
import { reasonOf } from '../host/read-text.ts';
import { pruneBaseline, writeBaseline } from './commands/baseline.ts';
import { check, type CheckOptions } from './commands/check.ts';
import { draft, draftFrom, type DraftOptions } from './commands/draft.ts';
import { explain } from './commands/explain.ts';
import { facts } from './commands/facts.ts';
import { init } from './commands/init.ts';
import { lint, type LintOptions } from './commands/lint.ts';
import { pair } from './commands/pair.ts';
import { report, type Page, type ReportOptions } from './commands/report.ts';
import { routes } from './commands/routes.ts';
import { formats } from './report/reporters.ts';
import type { ExitCode, Io } from './io.ts';
import type { Session, SessionOptions } from './session.ts';
import { openSession } from './session.ts';

export interface Program {
  readonly io: Io;
  readonly loadAnalysis: () => Analysis;
  readonly loadPage: () => Page;
  /** Path of the lint worker's bundle. */
  readonly lintWorker: string;
  /** Names this build; facts that another build cached are not used. */
  readonly build: string;
}

interface ListOptions extends SessionOptions {
  readonly format: 'pretty' | 'json';
}

/** Runs one command; only linting takes its time. `args` are those after the program's name. */
export function main(args: readonly string[], program: Program): ExitCode | Promise<ExitCode> {
  const { io } = program;
  let code: ExitCode | Promise<ExitCode> = 0;
  const cli = commands(program, (result) => {
    code = result;
  });
  try {
    cli.parse([...args], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    io.err(
      `Internal error, please report it: ${error instanceof Error ? (error.stack ?? error.message) : reasonOf(error)}\n`,
    );
    return 2;
  }
  return code;
}

function commands(program: Program, done: (code: ExitCode | Promise<ExitCode>) => void): Command {
  const { io, loadAnalysis } = program;
  const cli = new Command('backend-contract')
    .description('Finds drift between OpenAPI documents and the Express and NestJS code that serves them.')
    .exitOverride()
    .configureOutput({ writeOut: (text) => io.out(text), writeErr: (text) => io.err(text) })
    .showHelpAfterError('Try --help.');

  const inSession = (
    folder: string,
    options: SessionOptions,
    run: (session: Session) => ExitCode | Promise<ExitCode>,
  ): void => {
    const session = openSession(folder, options, program);
    if (typeof session === 'string') {
      io.err(`${session}\n`);
      done(2);
    } else {
      done(run(session));
    }
  };

  withSessionOptions(cli.command('check').argument('[folder]', 'workspace folder', '.'))
    .description('Report drift between the specs and the code of a workspace.')
    .addOption(new Option('--format <format>', 'form of the report').choices(formats).default('pretty'))
    .option('--output <file>', 'write the report to a file')
    .addOption(failOnOption())
    .option(
      '--baseline [file]',
      'tell only what this file does not know (default: the one that is configured)',
    )
    .option('--since <ref>', 'tell only what is new since this branch left that branch, tag or commit')
    .action((folder: string, options: SessionOptions & CheckOptions) => {
      inSession(folder, options, (session) => check(session, options, io));
    });

  withSessionOptions(cli.command('report').argument('[folder]', 'workspace folder', '.'))
    .description('Write the state of the contract as one page.')
    .addOption(
      new Option('--format <format>', 'form of the report')
        .choices(['html', 'markdown', 'json'])
        .default('html'),
    )
    .option('--output <file>', 'write the report to a file')
    .option('--lint', 'lint the specs as well, for the figure of lint health')
    .option('--trust-rulesets', 'let rulesets run that are found in the workspace')
    .option('--history [file]', 'show how the figures moved, and add those of now to this file')
    .option(
      '--baseline [file]',
      'count only what this file does not know (default: the one that is configured)',
    )
    .action((folder: string, options: SessionOptions & ReportOptions) => {
      inSession(folder, options, (session) =>
        report(session, options, program.loadPage, program.lintWorker, io),
      );
    });

  withSessionOptions(cli.command('baseline').argument('[folder]', 'workspace folder', '.'))
    .description('Write down all findings that there are, so that only new ones are told.')
    .option('--update', 'only take out what is not found any more')
    .action((folder: string, options: SessionOptions & { readonly update?: true }) => {
      const known = options.update === true ? { baseline: true as const } : {};
      inSession(folder, { ...options, ...known }, (session) =>
        options.update === true ? pruneBaseline(session, io) : writeBaseline(session, io),
      );
    });

  withSessionOptions(cli.command('routes').argument('[folder]', 'workspace folder', '.'))
    .description('List the routes that the code serves.')
    .addOption(formatOption())
    .action((folder: string, options: ListOptions) => {
      inSession(folder, options, (session) => routes(session, options.format, io));
    });

  withSessionOptions(cli.command('draft').argument('[folder]', 'workspace folder', '.'))
    .description('Write an OpenAPI document of what the code serves, to begin a contract with.')
    .addOption(
      new Option('--openapi <version>', 'version of OpenAPI')
        .choices(Object.keys(draftVersions))
        .default('3.1'),
    )
    .addOption(
      new Option('--format <format>', 'form of the document').choices(['yaml', 'json']).default('yaml'),
    )
    .option('--from <file>', 'read a Postman collection or a HAR recording instead of code')
    .option('--output <file>', 'write the document to a new file')
    .action((folder: string, options: SessionOptions & DraftOptions & { readonly from?: string }) => {
      if (options.from === undefined) inSession(folder, options, (session) => draft(session, options, io));
      else done(draftFrom(options.from, options, io));
    });

  cli
    .command('lint')
    .argument('[files...]', 'documents to lint (default: all that are found in the folder)')
    .description('Lint OpenAPI, AsyncAPI and Arazzo documents with Spectral, as the editor does.')
    .option('--in <folder>', 'workspace folder', '.')
    .addOption(formatOption())
    .option('--ruleset <file>', 'Spectral ruleset to use; its code runs')
    .option('--trust-rulesets', 'use the rulesets that are found; their code runs')
    .option('--built-in-only', 'use the built-in rules, whatever is found')
    .addOption(failOnOption())
    .action((files: readonly string[], options: LintOptions) => done(lint(files, options, program)));

  cli
    .command('explain')
    .argument('<rule>', 'rule id, such as http/undocumented-operation')
    .description('Explain a rule: why it matters, when it speaks, an example.')
    .action((rule: string) => done(explain(rule, io)));

  cli
    .command('facts')
    .argument('<file>')
    .description('Print what is read in one file, as JSON.')
    .action((file: string) => done(facts(file, loadAnalysis, io)));

  withSessionOptions(
    cli.command('pair').argument('<operation...>', 'METHOD and path, such as GET /users/{id}'),
  )
    .description('Print both sides of one operation, as JSON.')
    .option('--in <folder>', 'workspace folder', '.')
    .action((operation: readonly string[], options: SessionOptions & { readonly in: string }) => {
      inSession(options.in, options, (session) => pair(session, operation, io));
    });

  withSessionOptions(cli.command('init').argument('[folder]', 'workspace folder', '.'))
    .description('Write a configuration file from what is found.')
    .action((folder: string, options: SessionOptions) => {
      inSession(folder, options, (session) => init(session, io));
    });
  return cli;
}

function withSessionOptions(command: Command): Command {
  const collect = (value: string, before: readonly string[] | undefined) => {
    if (value === '') throw new InvalidArgumentError('It is empty.');
    return [...(before ?? []), value];
  };
  return command
    .option('--spec <file>', 'OpenAPI document to check; repeatable (default: all that are found)', collect)
    .option('--root <folder>', 'folder of a server; repeatable (default: all that are found)', collect)
    .option('--config <file>', 'configuration file (default: backend-contract.config.yaml in the folder)')
    .option('--cache', 'keep what was read for the next run');
}

function formatOption(): Option {
  return new Option('--format <format>', 'form of the report').choices(['pretty', 'json']).default('pretty');
}

function failOnOption(): Option {
  return new Option('--fail-on <severity>', 'exit with 1 from this severity on')
    .choices(['error', 'warning', 'info', 'never'])
    .default('warning');
}
