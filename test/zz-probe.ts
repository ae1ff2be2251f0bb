import { readFileSync, existsSync } from 'node:fs';
import { openSession } from '../server/src/cli/session.ts';
import { createComparePair } from '../server/src/drift/compare/pair.ts';
import { certainPairs } from '../server/src/drift/http/pairs.ts';
import { formatPath } from '../server/src/contract/path.ts';
import { readModule } from '../server/src/code/ts/lower.ts';
import { scanText } from '../server/src/code/scan.ts';
const [name] = process.argv.slice(2);
const truth = JSON.parse(readFileSync(`/work/shared/corpus/truth/${name}.json`, 'utf8'));
const dir = `/work/corpus/${truth.checkout ?? name}`;
const io = { cwd: dir, now: () => Date.now(), out() {}, err(t: string) { process.stderr.write(t) }, columns: 0, color: false, interactive: false } as any;
const s = openSession(dir, { spec: truth.spec.map((x: string) => `${dir}/${x}`), root: (truth.serverRoots ?? ['.']).map((x: string) => `${dir}/${x}`) } as any, { io, build: 'x', loadAnalysis: () => ({ readModule, scanText }) } as any);
if (typeof s === 'string') { console.error(s); process.exit(1); }
const line = (at: any) => { if (!at) return '-'; const f = `${dir}/${at.file}`; if (!existsSync(f)) return at.file; return `${at.file}:${readFileSync(f, 'utf8').slice(0, at.start).split('\n').length}`; };
let n = 0; const counts: any = {};
for (const link of s.snapshot.links) {
  const t = Date.now();
  const compare = createComparePair(link);
  for (const pair of certainPairs(link)) {
    const c = compare(pair); n++;
    for (const key of ['refused', 'accepted', 'sent'] as const) for (const d of c[key]) {
      counts[`${key} ${d.kind}`] = (counts[`${key} ${d.kind}`] ?? 0) + 1;
      console.log(`${key} ${d.kind}${d.breaks ? '!' : ''} ${d.status ?? ''} ${pair.spec.key.method} ${formatPath(pair.spec.key.path)} ${d.path} [${d.detail ?? ''}] ${d.evidence}\n      spec ${d.spec.name ?? ''} ${d.spec.text} ${line(d.spec.at)}\n      code ${d.code.name ?? ''} ${d.code.text} ${line(d.code.at)}`);
    }
  }
  console.log('ms', Date.now() - t);
}
console.log(n, counts);
