/** The page around the script that draws a report: one file, which asks nothing of any network. */

import type { ReportData } from './data.ts';

/** Code and style of the page, and what a policy names them by. */
export interface PageParts {
  readonly script: string;
  readonly style: string;
  /** Base64 of the SHA-256 of each. */
  readonly scriptHash: string;
  readonly styleHash: string;
}

export function reportPage(data: ReportData, { script, style, scriptHash, styleHash }: PageParts): string {
  const policy = `default-src 'none'; script-src 'sha256-${scriptHash}'; style-src 'sha256-${styleHash}'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(data.name)}: contract report</title>
<style>${style}</style>
</head>
<body>
<main id="report"><noscript>This report needs scripts, which are all in this file.</noscript></main>
<script type="application/json" id="data">${inScript(JSON.stringify(data))}</script>
<script>${script}</script>
</body>
</html>
`;
}

/** Nothing in data may end the element that it stands in (HTML section 4.12.1.3). */
function inScript(json: string): string {
  return json.replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
