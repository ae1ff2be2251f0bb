/** Seeded drifts that are not found, or of which too much is told, with the reason: the list may only shrink. */

interface Known {
  readonly implementations: readonly string[];
  readonly mutation: string;
  readonly because: string;
}

const known: readonly Known[] = [
  {
    implementations: ['express-zod'],
    mutation: 'a router is not mounted',
    because: 'a router that nothing was seen to mount may be mounted by code that is not read',
  },
  {
    implementations: ['nest-class-validator'],
    mutation: 'a controller is in no module',
    because: 'a controller that no module was seen to list may be listed by code that is not read',
  },
  {
    implementations: ['nest-class-validator'],
    mutation: 'a module is not imported',
    because: 'a controller that no module was seen to list may be listed by code that is not read',
  },
  {
    implementations: ['express-zod'],
    mutation: 'a guard lets everybody pass',
    because: 'its name says that it refuses, which is reason enough to claim nothing',
  },
  {
    implementations: ['express-zod'],
    mutation: 'createBook: XML is taken',
    because: 'what parsers of the whole application take is not held against single operations',
  },
];

export function isKnown(implementation: string, mutation: string): boolean {
  return known.some((one) => one.mutation === mutation && one.implementations.includes(implementation));
}
