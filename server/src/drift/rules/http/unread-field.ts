import { defineRule } from '../../define-rule.ts';
import { type FieldState, fieldsOfBody, tellDifferences } from '../../http/differences.ts';
import { requestExample } from '../../http/examples.ts';
import { label, ofMany } from '../../http/names.ts';

const message = (state: FieldState): string =>
  `${label(state.operation)}: the spec has ${fieldsOfBody(state)}, which the code does not take: what a client sends there is lost or refused.`;

export const unreadField = defineRule({
  id: 'http/unread-field',
  title: 'The spec has a field of the request body that the code does not take',
  docs: `A client sends it and nothing happens with it; a strict validator refuses the whole request.

Claimed where a validator or a written type lists what the code takes. What a handler merely reads proves nothing: the
body may go on as a whole. A field under another name is \`http/renamed-field\`.`,
  severity: 'warning',
  axis: { subject: 'field', drift: 'unimplemented' },
  on: 'compared',
  *detect({ refused, ...pair }) {
    const own = refused.filter(({ evidence }) => evidence === 'declared');
    yield* tellDifferences(pair, own, { kinds: ['extra'], at: 'spec' });
  },
  message,
  messageOfMany: (_, states) => ofMany(states, message),
  valid: [
    requestExample({
      name: 'a field that a client only reads',
      schema: `
type: object
required: [code]
properties:
  id: { type: string, readOnly: true }
  code: { type: string }`,
      code: 'code: z.string(),',
    }),
    requestExample({
      name: 'taken at any depth',
      schema: `
type: object
properties:
  crew: { type: array, items: { type: object, properties: { name: { type: string } } } }`,
      code: 'crew: z.array(z.object({ name: z.string().optional() })).optional(),',
    }),
  ],
  invalid: [
    requestExample({
      name: 'a field more in the spec',
      schema: `
type: object
properties:
  code: { type: string }
  gate: { type: string }
 #^^^^ http/unread-field`,
      code: 'code: z.string().optional(),',
    }),
    {
      name: 'a field of a form that nobody takes',
      files: `
//- package.json
{ "dependencies": { "@nestjs/common": "11", "@nestjs/core": "11", "@nestjs/platform-express": "11" } }
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    post:
      requestBody:
        content:
          multipart/form-data:
            schema:
              type: object
              properties:
                pass: { type: string, format: binary }
                code: { type: string }
                gate: { type: string }
               #^^^^ http/unread-field
      responses: { '201': { description: added } }
//- main.ts
import { Body, Controller, Module, Post, UploadedFile, UseInterceptors } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FileInterceptor } from '@nestjs/platform-express';
class FlightDto { code?: string; }
@Controller('flights')
class FlightsController {
  @Post() @UseInterceptors(FileInterceptor('pass')) add(@UploadedFile() pass: object, @Body() flight: FlightDto) {
    return { code: flight.code };
  }
}
@Module({ controllers: [FlightsController] })
class AppModule {}
NestFactory.create(AppModule).then((app) => app.listen(3000));
`,
    },
    requestExample({
      name: 'a field more in an item',
      schema: `
type: object
properties:
  crew: { type: array, items: { type: object, properties: { name: { type: string }, rank: { type: string } } } }
                                                                                   #^^^^ http/unread-field`,
      code: 'crew: z.array(z.object({ name: z.string().optional() })).optional(),',
    }),
  ],
});
