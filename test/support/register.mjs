/** Lets `node --test` run TypeScript sources on every supported Node: `node --import ./test/support/register.mjs --test …`. */

import { register } from 'node:module';

register('./typescript-hook.mjs', import.meta.url);
