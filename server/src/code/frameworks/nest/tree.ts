import type { Run } from '../../evaluate/run.ts';
import type { ExpressResult } from '../express/tree.ts';
import type { NestWorld } from './index.ts';

export function walkNest(_run: Run, _world: NestWorld, _root: string): ExpressResult {
  return { operations: [], detached: [], opaque: [], gaps: [] };
}
