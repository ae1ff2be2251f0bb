/** The frame of a page in a panel: its own script, style and the pictures in it, and nothing else from anywhere. */

import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** `name` is that of the bundle and of the element that it draws in. */
export function pageHtml(webview: vscode.Webview, dist: vscode.Uri, name: string, title: string): string {
  const nonce = randomBytes(16).toString('base64');
  const uri = (file: string): string => webview.asWebviewUri(vscode.Uri.joinPath(dist, file)).toString();
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${webview.cspSource}; img-src data:; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${title}</title>
<link rel="stylesheet" href="${uri(`${name}-page.css`)}">
</head>
<body>
<main id="${name}"></main>
<script nonce="${nonce}" src="${uri(`${name}-page.js`)}"></script>
</body>
</html>`;
}
