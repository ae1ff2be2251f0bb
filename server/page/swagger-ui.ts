/** A specification as Swagger UI shows it, in a panel of an editor. It sends nothing: operations are tried in the preview. */

import SwaggerUIBundle from 'swagger-ui-dist/swagger-ui-bundle.js';
import type { WholeDocument } from '../src/lsp/protocol.ts';
import { element } from './elements.ts';

interface Editor {
  postMessage(message: unknown): void;
  setState(state: unknown): void;
}

declare const acquireVsCodeApi: () => Editor;

interface FromEditor {
  readonly uri: string;
  readonly whole: WholeDocument | null;
}

function start(root: HTMLElement, editor: Editor): void {
  const place = element('div');
  const told = element('p', { class: 'nothing' }, 'Reading …');
  root.replaceChildren(told, place);
  let shown: ReturnType<typeof SwaggerUIBundle> | undefined;

  window.addEventListener('message', ({ data: { uri, whole } }: MessageEvent<FromEditor>) => {
    editor.setState({ uri });
    told.textContent =
      whole?.refused ?? (whole ? '' : 'This is no OpenAPI document, or it cannot be read yet.');
    // What was shown last stays while the document cannot be read.
    if (whole?.document === undefined) return;
    if (shown) shown.specActions.updateSpec(JSON.stringify(whole.document));
    else
      shown = SwaggerUIBundle({
        domNode: place,
        spec: whole.document,
        supportedSubmitMethods: [],
        validatorUrl: null,
      });
  });

  follow(document.body);
  editor.postMessage({ kind: 'ready' });
}

/** Swagger UI has colours for light and dark; the editor says which on the body. */
function follow(body: HTMLElement): void {
  const apply = (): void => {
    const isDark = ['vscode-dark', 'vscode-high-contrast'].some((name) => body.classList.contains(name));
    const isLight = body.classList.contains('vscode-high-contrast-light');
    document.documentElement.classList.toggle('dark-mode', isDark && !isLight);
  };
  apply();
  new MutationObserver(apply).observe(body, { attributeFilter: ['class'] });
}

const root = document.getElementById('swagger-ui');
if (root) start(root, acquireVsCodeApi());
