import type { OperationName } from '../../../contract/finding.ts';
import { defineRule } from '../../define-rule.ts';
import { isFollowed, surplusHeaders } from '../../http/headers.ts';
import { label, listed, ofMany, operationName, pileAt } from '../../http/names.ts';
import { headerExample } from '../../http/examples.ts';

interface State {
  readonly operation: OperationName;
  readonly status: string;
  readonly names: readonly string[];
}

const message = ({ operation, status, names }: State): string =>
  `${label(operation)}: the code sends ${listed(names)} with the ${status} response, which the spec does not list: a client that works from the spec does not look for ${names.length > 1 ? 'them' : 'it'}.`;

export const undocumentedHeader = defineRule({
  id: 'http/undocumented-header',
  title: 'The code sends a header that the spec does not list',
  docs: `A client that works from the spec does not know that there is a total, a next page or the address of what it made.

Looks at the headers that a handler sets on every way to a successful answer (\`res.set\`, \`setHeader\`, \`header\`,
\`location\`, \`links\`, \`writeHead\`, \`@Header\`). A warning where clients follow such headers (\`Link\`, \`Location\`,
\`X-Total-Count\`, …) or the response lists others, else \`info\`. Silent about headers of HTTP itself and of browsers
(\`Content-Type\`, \`ETag\`, \`Cache-Control\`, \`Access-Control-…\`), about what middlewares set for every answer, and about
answers that the spec does not have.`,
  severity: 'warning',
  axis: { subject: 'header', drift: 'undocumented' },
  on: 'matched',
  *detect({ spec, code }) {
    for (const output of code.outputs.items) {
      const promise = spec.outputs.items.find(({ status }) => status === output.status);
      if (!promise?.headers || !/^2/.test(output.status)) continue;
      const surplus = surplusHeaders(output, promise);
      const [first] = surplus;
      if (!first) continue;
      const operation = operationName(spec);
      const names = surplus.map(({ name }) => name);
      yield {
        at: first.at,
        state: { operation, status: output.status, names },
        operation,
        related: [
          { at: promise.at, note: 'documented here without it' },
          { at: code.at, note: 'the route that sends it' },
        ],
        evidence: output.evidence,
        pile: pileAt(first.at, `${output.status} ${names.join(' ')}`),
        ...(!surplus.some(isFollowed) && promise.headers.length === 0 && { severity: 'info' as const }),
      };
    }
  },
  message,
  messageOfMany: (_, states) => ofMany(states, message),
  valid: [
    headerExample({
      name: 'on one of two ways only',
      headers: '',
      code: `
if (Math.random() > 0.5) res.set('X-Total-Count', '2');
res.json([]);`,
    }),
    headerExample({
      name: 'headers of HTTP and of browsers',
      headers: '',
      code: `
res.set({ 'Cache-Control': 'no-store', ETag: 'a', 'Access-Control-Allow-Origin': '*' });
res.json([]);`,
    }),
    headerExample({
      name: 'in other letters',
      headers: `
headers:
  x-total-count: { schema: { type: integer } }`,
      code: `
res.header('X-Total-Count', '2').json([]);`,
    }),
    headerExample({
      name: 'taken back',
      headers: '',
      code: `
res.setHeader('X-Total-Count', '2');
res.removeHeader('X-Total-Count');
res.json([]);`,
    }),
  ],
  invalid: [
    headerExample({
      name: 'a total',
      headers: '',
      code: `
res.set('X-Total-Count', '2');
   //^^^ http/undocumented-header
res.json([]);`,
    }),
    headerExample({
      name: 'beside one that is listed, on both ways',
      headers: `
headers:
  X-Total-Count: { schema: { type: integer } }`,
      code: `
res.set('X-Total-Count', '2');
if (Math.random() > 0.5) res.set('X-Flights', 'all');
                           //^^^ http/undocumented-header
else res.set('X-Flights', 'some');
res.json([]);`,
    }),
  ],
});
