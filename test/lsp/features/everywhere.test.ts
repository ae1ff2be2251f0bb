/** Features answer at every place of every file, finished or half typed, and all that they point at is there. */

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { exampleFolder } from '../../support/cli.ts';
import { parseFixture } from '../../support/fixture.ts';
import { askEverywhere, type Files } from './support/ask.ts';
import { guests, orders } from './support/tea-house.ts';

function exampleFiles(): Files {
  const names = readdirSync(exampleFolder, { recursive: true }).map((name) =>
    String(name).replaceAll('\\', '/'),
  );
  const files = names.filter((name) => /\.(?:ts|ya?ml|json)$/.test(name));
  return new Map(files.map((name) => [name, readFileSync(join(exampleFolder, name), 'utf8')]));
}

test('at every place of the example workspace', () => askEverywhere(exampleFiles(), 3));

test('at every place of the tea house', () => {
  askEverywhere(parseFixture(orders).files, 1);
  askEverywhere(parseFixture(guests).files, 1);
});

for (const [source, name] of [
  [orders, 'openapi.yaml'],
  [orders, 'api.ts'],
  [guests, 'spec/openapi.json'],
  [guests, 'src/guests.controller.ts'],
] as const) {
  test(`with ${name} half typed`, () => {
    const { files } = parseFixture(source);
    const whole = files.get(name) ?? '';
    for (let length = 0; length < whole.length; length += 41) {
      askEverywhere(new Map([...files, [name, whole.slice(0, length)]]), 17);
    }
  });
}
