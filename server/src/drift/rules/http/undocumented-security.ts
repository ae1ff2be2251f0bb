import type { OperationName } from '../../../contract/finding.ts';
import { weakest } from '../../../contract/knowledge.ts';
import { defineRule } from '../../define-rule.ts';
import { label, listed, operationName, pileOf, plural } from '../../http/names.ts';

interface State {
  readonly operation: OperationName;
  readonly schemes: readonly string[];
}

export const undocumentedSecurity = defineRule({
  id: 'http/undocumented-security',
  title: 'The code asks for a credential that the spec does not require',
  docs: `The spec says that anyone may call the operation; a client generated from it sends no credential and gets 401 or
403.

Reported where the code is known to refuse anonymous callers: a guard or middleware that authenticates stands in front
of the operation. A spec that never speaks of security gets one note for all of it.`,
  severity: 'warning',
  axis: { subject: 'security', drift: 'undocumented' },
  on: 'matched',
  *detect({ spec, code }) {
    const promised = spec.security.required;
    const enforced = code.security.required;
    if (!promised.known || promised.value || !enforced.known || !enforced.value) return;
    const operation = operationName(spec);
    yield {
      at: code.at,
      state: { operation, schemes: code.security.schemes.items.map(({ name }) => name) },
      operation,
      related: [
        { at: enforced.at, note: 'refuses anonymous callers' },
        { at: spec.origin.securityAt ?? spec.at, note: 'documented here without a credential' },
      ],
      evidence: weakest(enforced.evidence, promised.evidence),
      pile:
        promised.evidence === 'guessed'
          ? { key: `${spec.origin.spec} security`, least: 3, at: enforced.at, title: 'this server' }
          : pileOf(code.origin.group, 'security', enforced.at),
    };
  },
  message: ({ operation, schemes }: State) =>
    `${label(operation)} refuses anonymous callers${schemes.length > 0 ? ` (${listed(schemes)})` : ''}; the spec requires no credential.`,
  messageOfMany: ({ title }, states) =>
    `${plural(states.length, 'operation')} of ${title} refuse anonymous callers; the spec requires no credential: ${listed(states.map(({ operation }) => label(operation)))}.`,
  valid: [
    {
      name: 'required on both sides',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
security: [{ token: [] }]
components: { securitySchemes: { token: { type: http, scheme: bearer } } }
paths:
  /flights:
    get:
      responses: { '200': { description: all flights } }
//- app.ts
import express from 'express';
import passport from 'passport';
const app = express();
app.get('/flights', passport.authenticate('jwt'), (req, res) => { res.json([]); });
app.listen(3000);
`,
    },
    {
      name: 'open on both sides',
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
app.get('/flights', (req, res) => { res.json([]); });
app.listen(3000);
`,
    },
  ],
  invalid: [
    {
      name: 'a middleware that authenticates',
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
import passport from 'passport';
const app = express();
app.get('/flights', passport.authenticate('jwt'), (req, res) => { res.json([]); });
  //^^^ http/undocumented-security
app.listen(3000);
`,
    },
    {
      name: 'a guard, where the spec opens the operation',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
security: [{ token: [] }]
components: { securitySchemes: { token: { type: http, scheme: bearer } } }
paths:
  /flights:
    get:
      security: []
      responses: { '200': { description: all flights } }
//- main.ts
import { Controller, Get, Module, UseGuards } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
@Controller('flights')
class FlightsController {
  @UseGuards(AuthGuard('jwt'))
  @Get() all() { return []; }
 //^^^^ http/undocumented-security
}
@Module({ controllers: [FlightsController] })
class AppModule {}
NestFactory.create(AppModule).then((app) => app.listen(3000));
`,
    },
  ],
});
