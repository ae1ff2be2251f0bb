import type { OperationName } from '../../../contract/finding.ts';
import { isRest, type Path, type Segment } from '../../../contract/path.ts';
import { defineRule } from '../../define-rule.ts';
import { label, listed, operationName, pileOf, plural } from '../../http/names.ts';

interface Renamed {
  readonly spec: string;
  readonly code: string;
}

interface State {
  readonly operation: OperationName;
  readonly renamed: readonly Renamed[];
}

function names(segment: Segment | undefined): readonly string[] {
  if (!segment || isRest(segment)) return [];
  return segment.parts.flatMap((part) => ('param' in part ? [part.param] : []));
}

/** Names that differ at the same place, counted from the end: what stands in front may be known on one side only. */
function renamedIn(spec: Path, code: Path): readonly Renamed[] {
  const found: Renamed[] = [];
  for (let back = 1; back <= Math.min(spec.length, code.length); back += 1) {
    const inSpec = names(spec.at(-back));
    const inCode = names(code.at(-back));
    if (inSpec.length !== inCode.length) continue;
    inSpec.forEach((name, i) => {
      const other = inCode[i];
      // A group of a regular expression has a number for a name.
      if (other !== undefined && other !== name && !/^\d*$/.test(other))
        found.unshift({ spec: name, code: other });
    });
  }
  return found;
}

export const parameterName = defineRule({
  id: 'http/parameter-name',
  title: 'A path parameter has another name in the spec than in the code',
  docs: `Nothing breaks on the wire: path parameters are found by their position. But generated clients, documentation and
code speak of the same value in two ways, request validators that fill parameters by the spec's names hand the code
something else than it asks for, and sometimes the new name tells of a new meaning.

Told once a router where the same name differs in three operations or more.`,
  severity: 'info',
  axis: { subject: 'parameter', drift: 'different' },
  on: 'matched',
  *detect({ spec, code }) {
    const renamed = renamedIn(spec.key.path, code.key.path);
    if (renamed.length === 0) return;
    const operation = operationName(spec);
    const what = renamed.map((one) => `${one.spec}>${one.code}`).join();
    yield {
      at: code.at,
      state: { operation, renamed },
      operation,
      related: [{ at: spec.origin.pathAt, note: 'the path in the spec' }],
      pile: pileOf(code.origin.group, what, code.at),
    };
  },
  message: ({ operation, renamed }: State) =>
    `${label(operation)}: ${listed(renamed.map(({ spec, code }) => `{${spec}} is called ${code} in code`))}.`,
  messageOfMany: ({ title }, states) =>
    `${listed((states[0]?.renamed ?? []).map(({ spec, code }) => `{${spec}} is called ${code}`))} in ${plural(states.length, 'operation')} of ${title}.`,
  valid: [
    {
      name: 'the same name in two notations',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights/{id}/seats/{row}-{seat}:
    get:
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
        - { name: row, in: path, required: true, schema: { type: string } }
        - { name: seat, in: path, required: true, schema: { type: string } }
      responses: { '200': { description: one seat } }
//- app.ts
import express from 'express';
const app = express();
app.get('/flights/:id/seats/:row-:seat', (req, res) => { res.json(req.params.row); });
app.listen(3000);
`,
    },
    {
      name: 'a wildcard has no name to compare',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Files, version: '1' }
paths:
  /files/{path}:
    get:
      parameters: [{ name: path, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: one file } }
//- app.ts
import express from 'express';
const app = express();
app.get('/files/*rest', (req, res) => { res.json({ length: req.params.rest.length }); });
app.listen(3000);
`,
    },
  ],
  invalid: [
    {
      name: 'another name',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights/{flightId}:
    get:
      parameters: [{ name: flightId, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: one flight } }
//- app.ts
import express from 'express';
const app = express();
app.get('/flights/:id', (req, res) => { res.json({ id: req.params.id }); });
  //^^^ http/parameter-name
app.listen(3000);
`,
    },
    {
      name: 'another name in a controller',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights/{number}:
    get:
      parameters: [{ name: number, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: one flight } }
//- main.ts
import { Controller, Get, Module, Param } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
@Controller('flights')
class FlightsController {
  @Get(':code') one(@Param('code') code: string) { return { code }; }
 //^^^^ http/parameter-name
}
@Module({ controllers: [FlightsController] })
class AppModule {}
NestFactory.create(AppModule).then((app) => app.listen(3000));
`,
    },
  ],
});
