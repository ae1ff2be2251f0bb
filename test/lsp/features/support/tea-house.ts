/** Two servers of one theme: the tea house. Each shows what features have to cope with, and both are small. */

/** Express: mounts across three files, handlers in a fourth, a spec of two documents. */
export const orders = `
//- openapi.yaml
openapi: 3.1.0
info: { title: Orders, version: '1' }
paths:
  /api/v1/teas/{teaId}:
    parameters:
      - $ref: '#/components/parameters/TeaId'
    get:
      operationId: getTea
      summary: One *tea* | by id
      description: |
        Gives one tea. See [the shop](https://tea.example).

        - with milk
      deprecated: true
      responses:
        '200':
          description: the tea
          content:
            application/json:
              schema: { $ref: 'schemas.yaml#/Tea' }
        '404': { description: no such tea }
    put:
      operationId: putTea
      requestBody:
        required: true
        content:
          application/json:
            schema: { $ref: '#/components/schemas/NewTea' }
      responses:
        '204': { description: done }
  /api/v1/pots:
    get:
      responses: { '200': { description: pots } }
components:
  parameters:
    TeaId: { name: teaId, in: path, required: true, schema: { type: string, format: uuid }, example: 3fa8-11 }
  schemas:
    NewTea:
      type: object
      required: [name]
      properties:
        name: { type: string, example: Sencha }
        origin: { $ref: 'schemas.yaml#/Origin' }
//- schemas.yaml
Tea:
  description: A tea in stock.
  allOf:
    - $ref: 'openapi.yaml#/components/schemas/NewTea'
    - type: object
      properties: { id: { type: string } }
Origin:
  type: string
  enum: [japan, china]
//- app.ts
import express from 'express';
import { api } from './api';
const app = express();
app.use('/api', api);
app.listen(3000);
//- api.ts
import { Router } from 'express';
import { find, replace } from './teas';
export const api = Router();
const teas = Router();
api.use('/v1', teas);
teas.get('/teas/:id', find);
teas.put('/teas/:id', replace);
teas.post('/teas', (req, res) => {
  res.status(201).json({ id: req.body.name });
});
//- teas.ts
export function find(req, res) {
  if (!req.query.milk) { res.status(418).end(); return; }
  res.json({ id: req.params.id });
}
export const replace = async (req, res) => {
  res.status(204).end(req.body.name);
};
`;

/** NestJS: a global prefix, a version, a controller, a DTO, and a JSON spec whose path item is in a file of its own. */
export const guests = `
//- spec/openapi.json
{
  "openapi": "3.0.3",
  "info": { "title": "Guests", "version": "1" },
  "paths": {
    "/api/v2/guests": { "$ref": "paths/guests.json" },
    "/api/v2/guests/{guestId}": {
      "get": {
        "operationId": "GuestsController_one",
        "parameters": [{ "name": "guestId", "in": "path", "required": true, "schema": { "type": "string" } }],
        "responses": { "200": { "description": "a guest" } }
      }
    }
  },
  "components": {
    "schemas": { "CreateGuest": { "type": "object", "properties": { "name": { "type": "string" } } } }
  }
}
//- spec/paths/guests.json
{
  "post": {
    "summary": "A new guest",
    "requestBody": {
      "content": { "application/json": { "schema": { "$ref": "../openapi.json#/components/schemas/CreateGuest" } } }
    },
    "responses": { "201": { "description": "made" } }
  }
}
//- src/guests.controller.ts
import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { CreateGuestDto } from './create-guest.dto';
@Controller({ path: 'guests', version: '2' })
export class GuestsController {
  @Get(':id')
  one(@Param('id') id: string) { return { id }; }

  @Post()
  create(@Body() body: CreateGuestDto) { return { name: body.name }; }
}
//- src/create-guest.dto.ts
import { IsString } from 'class-validator';
export class CreateGuestDto {
  @IsString() name: string;
}
//- src/main.ts
import { Module, VersioningType } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { GuestsController } from './guests.controller';
@Module({ controllers: [GuestsController] })
class AppModule {}
async function bootstrap() {
  const app = await NestFactory.create(AppModule);
  app.setGlobalPrefix('api');
  app.enableVersioning({ type: VersioningType.URI });
  await app.listen(3000);
}
bootstrap();
`;
