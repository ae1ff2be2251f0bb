/** The inside of an operation: parameters, body, answers, and what was found. */

import type { PreviewAnswer, PreviewDetails } from '../src/lsp/features/preview.ts';
import type { PreviewContent, PreviewField, PreviewSchema } from '../src/lsp/features/preview-schema.ts';
import type { WireLocation } from '../src/lsp/protocol.ts';
import { element, type Child } from './elements.ts';
import { prose } from './markdown.ts';

export function inside(details: PreviewDetails<WireLocation>, goTo: (at: WireLocation) => void): HTMLElement {
  const { description, security, parameters, bodies, answers, findings, handler } = details;
  return element(
    'div',
    {},
    description === undefined ? undefined : prose(description),
    security.length === 0
      ? undefined
      : element('p', {}, 'Authorised by ', element('code', {}, security.join(', '))),
    handler &&
      element(
        'p',
        {},
        'Served by ',
        link(handler.label, () => goTo(handler.at)),
      ),
    findings.length === 0
      ? undefined
      : element(
          'ul',
          { class: 'findings' },
          ...findings.map(({ message, rule, severity }) =>
            element('li', { class: severity }, message, ' ', element('code', {}, rule)),
          ),
        ),
    ...part('Parameters', parameters.length === 0 ? [] : [fields(parameters)]),
    ...part('Request body', bodies.map(content)),
    ...part('Responses', answers.map(answer)),
  );
}

function part(title: string, children: readonly HTMLElement[]): readonly HTMLElement[] {
  return children.length === 0 ? [] : [element('h3', {}, title), ...children];
}

function link(text: string, open: () => void): HTMLElement {
  const button = element('button', { type: 'button', class: 'link' }, text);
  button.addEventListener('click', open);
  return button;
}

function answer({ status, description, contents, headers }: PreviewAnswer): HTMLElement {
  const kind = /^[2345]/.exec(status)?.[0] ?? 'x';
  return element(
    'details',
    { class: 'answer', open: kind === '2' },
    element(
      'summary',
      {},
      element('code', { class: `status s${kind}` }, status),
      ' ',
      description.split('\n')[0],
    ),
    headers.length === 0 ? undefined : fields(headers),
    ...contents.map(content),
  );
}

function content({ mediaType, schema, example }: PreviewContent): HTMLElement {
  return element(
    'div',
    { class: 'content' },
    element('p', { class: 'media' }, element('code', {}, mediaType), ...(schema ? [' ', type(schema)] : [])),
    schema?.description === undefined ? undefined : prose(schema.description),
    schema && schema.fields.length > 0 ? fields(schema.fields) : undefined,
    example === undefined
      ? undefined
      : element(
          'details',
          { class: 'example' },
          element('summary', {}, 'Example'),
          element('pre', {}, element('code', {}, example)),
        ),
  );
}

function fields(all: readonly PreviewField[]): HTMLElement {
  return element('ul', { class: 'fields' }, ...all.map(field));
}

function field(one: PreviewField): HTMLElement {
  const { key, required, deprecated, description, limits } = one;
  const line: readonly Child[] = [
    element('code', { class: deprecated ? 'key deprecated' : 'key' }, key),
    one.in === undefined ? undefined : element('span', { class: 'quiet' }, ` ${one.in}`),
    ' ',
    type(one),
    required ? element('span', { class: 'required' }, ' required') : undefined,
    limits.length === 0 ? undefined : element('span', { class: 'quiet' }, ` ${limits.join(' · ')}`),
  ];
  const about = description === undefined ? undefined : prose(description);
  if (one.fields.length === 0) return element('li', {}, ...line, about);
  return element(
    'li',
    {},
    element('details', {}, element('summary', {}, ...line), about, fields(one.fields)),
  );
}

function type({ type: text }: PreviewSchema): HTMLElement {
  return element('span', { class: 'type' }, text);
}
