import type { OperationName } from '../../../contract/finding.ts';
import type { Output } from '../../../contract/operation.ts';
import type { MatchedPair } from '../../../contract/pair.ts';
import type { Span } from '../../../contract/span.ts';
import { defineRule, type Pile } from '../../define-rule.ts';
import { label, labels, listed, operationName, pileAt, pileOf, plural } from '../../http/names.ts';
import { certainPairs } from '../../http/pairs.ts';
import { documents, isCode, isError, isOrdinary } from '../../http/statuses.ts';
import { wrongSuccess } from '../../http/success.ts';

interface State {
  readonly operation: OperationName;
  readonly status: string;
}

/** What the code sends and the spec has no place for, each status once. */
function surplus({ spec, code }: MatchedPair): readonly Output[] {
  if (!spec.outputs.complete || spec.outputs.items.length === 0) return [];
  const guarded = [spec, code].some(({ security }) => !security.required.known || security.required.value);
  const wrong = new Set(wrongSuccess(spec, code)?.sent.map(({ status }) => status));
  const found = new Map<string, Output>();
  for (const output of code.outputs.items) {
    const { status } = output;
    if (!isCode(status) || status === '500' || status === '501' || status === '304' || found.has(status))
      continue;
    // A pipe in front of every operation may find nothing to refuse in this one.
    if (output.shared && output.evidence === 'guessed' && isQuiet(status)) continue;
    if (documents(spec.outputs, status) || wrong.has(status) || (status === '401' && guarded)) continue;
    found.set(status, output);
  }
  return [...found.values()];
}

/** Where it is decided: a helper or service that several handlers call is one thing to mend. */
function causeOf({ at, source }: Output): Span {
  return source ?? at;
}

function causeKey(output: Output): string {
  const { file, start } = causeOf(output);
  return `${file} ${start} ${output.status}`;
}

function isQuiet(status: string): boolean {
  return isError(status) && isOrdinary(status);
}

export const undocumentedStatus = defineRule({
  id: 'http/undocumented-status',
  title: 'The code sends a status that the spec does not document',
  docs: `A client generated from the spec has no type for this response, so what it does with it is luck.

Silent where the spec has a \`default\` response or a range (\`4XX\`) that holds the status, about 500, which any server
may send, about 501, which says that nothing was written yet, and about 401 where a credential may be required (if only the code does, that is
\`http/undocumented-security\`), and about what something in front of many operations may refuse. Statuses that any operation may answer (400, 404, 429, …) are \`info\`, and told once
for a spec that documents no error at all; telling ones (409, 422, another success) are warnings. A wrong success
status is \`http/success-status\`.`,
  severity: 'warning',
  axis: { subject: 'status', drift: 'undocumented' },
  on: 'link',
  *detect(link) {
    const pairs = certainPairs(link);
    const withErrors = new Set(
      pairs
        .filter(({ spec }) => spec.outputs.items.some(({ status }) => isError(status)))
        .map(({ spec }) => spec.origin.spec),
    );
    const found = pairs.flatMap((pair) => surplus(pair).map((output) => ({ ...pair, output })));
    const groupsAt = new Map<string, Set<string>>();
    for (const { code, output } of found) {
      const groups = groupsAt.get(causeKey(output)) ?? new Set();
      groupsAt.set(causeKey(output), groups.add(code.origin.group.id));
    }
    for (const { spec, code, output } of found) {
      const { status } = output;
      const operation = operationName(spec);
      const responses = spec.origin.responsesAt ?? spec.at;
      const shared = (groupsAt.get(causeKey(output))?.size ?? 0) > 1;
      const pile: Pile =
        isQuiet(status) && !withErrors.has(spec.origin.spec)
          ? { key: `${spec.origin.spec} errors`, least: 3, at: responses, title: spec.origin.spec }
          : shared
            ? pileAt(causeOf(output), status)
            : pileOf(code.origin.group, status, output.at);
      yield {
        at: output.at,
        state: { operation, status },
        operation,
        related: [
          { at: responses, note: 'documented here without it' },
          ...(output.source ? [{ at: output.source, note: 'decided here' }] : []),
          { at: code.at, note: 'the route that sends it' },
        ],
        evidence: output.evidence,
        ...(isQuiet(status) && { severity: 'info' as const }),
        pile,
      };
    }
  },
  message: ({ operation, status }: State) =>
    `${label(operation)} sends ${status}, which the spec does not document.`,
  messageOfMany: (_, states) => {
    const statuses = [...new Set(states.map(({ status }) => status))].sort();
    const operations = labels(states.map(({ operation }) => operation));
    return `${plural(operations.length, 'operation')} send ${listed(statuses, 8)}, which the spec does not document for them: ${listed(operations)}.`;
  },
  valid: [
    {
      name: 'a range and a default document what they hold',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    post:
      responses: { '201': { description: added }, '4XX': { description: refused } }
    delete:
      responses: { '204': { description: gone }, default: { description: everything else } }
//- app.ts
import express from 'express';
const app = express();
app.post('/flights', (req, res) => {
  if (Math.random() > 0.5) { res.sendStatus(409); return; }
  res.status(201).json({});
});
app.delete('/flights', (req, res) => {
  if (Math.random() > 0.5) { res.sendStatus(423); return; }
  res.sendStatus(204);
});
app.listen(3000);
`,
    },
    {
      name: 'a crash is not part of the contract',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    get:
      responses: { '200': { description: all flights } }
//- app.ts
import express from 'express';
const app = express();
app.get('/flights', (req, res) => {
  try { res.json([]); } catch { res.sendStatus(500); }
});
app.listen(3000);
`,
    },
  ],
  invalid: [
    {
      name: 'a conflict',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    post:
      responses: { '201': { description: added } }
//- app.ts
import express from 'express';
const app = express();
app.post('/flights', (req, res) => {
  if (Math.random() > 0.5) {
    res.sendStatus(409);
                 //^^^ http/undocumented-status
    return;
  }
  res.status(201).json({});
});
app.listen(3000);
`,
    },
    {
      name: 'a known exception',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    get:
      responses: { '200': { description: all flights } }
//- main.ts
import { ConflictException, Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
@Controller('flights')
class FlightsController {
  @Get() all() {
    if (Math.random() > 0.5) throw new ConflictException();
                                     //^^^^^^^^^^^^^^^^^ http/undocumented-status
    return [];
  }
}
@Module({ controllers: [FlightsController] })
class AppModule {}
NestFactory.create(AppModule).then((app) => app.listen(3000));
`,
    },
  ],
});
