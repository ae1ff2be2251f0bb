import type { OperationName } from '../../../contract/finding.ts';
import { defineRule } from '../../define-rule.ts';
import { label, listed, operationName, pileOf } from '../../http/names.ts';
import { documents, isCode, isOrdinary, isRefusal, isSuccess } from '../../http/statuses.ts';
import { wrongSuccess } from '../../http/success.ts';

interface State {
  readonly operation: OperationName;
  readonly status: string;
}

export const undocumentedStatus = defineRule({
  id: 'http/undocumented-status',
  title: 'The code sends a status that the spec does not document',
  docs: `A client generated from the spec has no type for this response, so what it does with it is luck.

Silent where the spec has a \`default\` response or a range (\`4XX\`) that holds the status, about 500, which any server
may send, and about 401 where a credential may be required (if only the code does, that is
\`http/undocumented-security\`). Statuses that any operation may answer (400, 404, 429, …)
are \`info\`, telling ones (409, 422, another success) are warnings. A wrong success status is
\`http/success-status\`.`,
  severity: 'warning',
  axis: { subject: 'status', drift: 'undocumented' },
  on: 'matched',
  *detect({ spec, code }) {
    if (!spec.outputs.complete || spec.outputs.items.length === 0) return;
    const guarded = [spec, code].some(({ security }) => !security.required.known || security.required.value);
    const wrong = new Set(wrongSuccess(spec, code)?.sent.map(({ status }) => status));
    const told = new Set<string>();
    for (const output of code.outputs.items) {
      const { status } = output;
      if (!isCode(status) || status === '500' || status === '304' || told.has(status)) continue;
      if (documents(spec.outputs, status) || wrong.has(status) || (status === '401' && guarded)) continue;
      // What a middleware in front of many operations answers, other than a refusal, is about other addresses.
      if (output.shared && !isRefusal(status)) continue;
      told.add(status);
      const operation = operationName(spec);
      yield {
        at: output.at,
        state: { operation, status },
        operation,
        related: [
          { at: spec.origin.responsesAt ?? spec.at, note: 'documented here without it' },
          { at: code.at, note: 'the route that sends it' },
          ...(output.source ? [{ at: output.source, note: 'written here' }] : []),
        ],
        evidence: output.evidence,
        ...(!isSuccess(status) && isOrdinary(status) && { severity: 'info' as const }),
        pile: pileOf(code.origin.group, status, output.at),
      };
    }
  },
  message: ({ operation, status }: State) => `${label(operation)} sends ${status}, which the spec does not document.`,
  messageOfMany: (_, states) =>
    `${states.length} operations send ${states[0]?.status ?? ''}, which the spec does not document for them: ${listed(states.map(({ operation }) => label(operation)))}.`,
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
