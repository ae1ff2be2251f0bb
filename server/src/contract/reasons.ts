/** Why something is not known, in words. */

import type { UnknownReason } from './knowledge.ts';
import type { Span } from './span.ts';

export function reasonText(reason: UnknownReason): string {
  switch (reason.why) {
    case 'dynamic':
      return `${reason.what} is only known at run time`;
    case 'unresolved':
      return `${reason.symbol} could not be found`;
    case 'unsupported':
      return `${reason.construct} is not understood yet`;
    case 'limit':
      return `${reason.what} is beyond a limit`;
    case 'aside':
      return reason.fact;
    case 'pending':
      return 'not read yet';
  }
}

export function reasonPlace(reason: UnknownReason): Span | undefined {
  return reason.why === 'pending' ? undefined : reason.at;
}
