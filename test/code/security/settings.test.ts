/** `security` of the configuration: names of guards, and of what lets anonymous callers in, win over what is read. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EngineSettings } from '../../../server/src/engine/settings.ts';
import { parseFixture } from '../../support/fixture.ts';
import { snapshotOf } from '../../support/pipeline.ts';

const express = `
//- app.js
const express = require('express');
const { seen } = require('a-package-nobody-knows');
const app = express();
const staffOnly = (req, res, next) => (req.headers.authorization ? next() : res.status(401).end());
app.get('/crew', staffOnly, (req, res) => res.json([]));
app.get('/flights', seen, (req, res) => res.json([]));
app.get('/gates', (req, res) => res.json([]));
`;

const nest = `
//- main.ts
import { CanActivate, Controller, Get, Module, UnauthorizedException, UseGuards } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { OpenToAll, tenantOf } from './tenants';
class TenantGuard implements CanActivate {
  canActivate(context: any) { return tenantOf(context) !== undefined || true; }
}
class TokenGuard implements CanActivate {
  canActivate(): boolean { throw new UnauthorizedException(); }
}
@Controller()
class CrewController {
  @UseGuards(TenantGuard) @Get('crew') crew() { return []; }
  @UseGuards(TokenGuard) @OpenToAll() @Get('flights') flights() { return []; }
}
@Module({ controllers: [CrewController] })
class AppModule {}
NestFactory.create(AppModule);
//- tenants.ts
export const OpenToAll = () => (target: object, key: string) => undefined;
export const tenantOf = (context: unknown) => context;
`;

function required(source: string, security?: EngineSettings['security']): Readonly<Record<string, unknown>> {
  const { codes } = snapshotOf(parseFixture(source).files, security && { security });
  return Object.fromEntries(
    codes.flatMap(({ operations }) =>
      operations.items.map(({ title, security: { required: one } }) => [
        title,
        one.known ? one.value : 'unknown',
      ]),
    ),
  );
}

test('without a configuration the code decides', () => {
  assert.deepEqual(required(express), { 'GET /crew': true, 'GET /flights': 'unknown', 'GET /gates': false });
  assert.deepEqual(required(nest), { 'GET /crew': false, 'GET /flights': true });
});

test('a named guard refuses anonymous callers, whatever is seen of it', () => {
  assert.equal(required(express, { guards: ['seen'], public: [] })['GET /flights'], true);
  assert.equal(required(nest, { guards: ['TenantGuard'], public: [] })['GET /crew'], true);
});

test('what is named public lets them in', () => {
  assert.equal(required(express, { guards: [], public: ['seen'] })['GET /flights'], 'unknown');
  assert.notEqual(required(express, { guards: [], public: ['staffOnly'] })['GET /crew'], true);
  assert.equal(required(nest, { guards: [], public: ['OpenToAll'] })['GET /flights'], false);
});
