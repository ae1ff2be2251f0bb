/**
 * How much of a document we read. Nobody writes documents beyond these by hand, and a file beyond them must not
 * stop the rest from being analysed.
 */

/** In UTF-16 units. The YAML lexer reads about 2 MB a second, the JSON scanner about 20. */
export const MAX_YAML_LENGTH = 8_000_000;
export const MAX_JSON_LENGTH = 64_000_000;

/** Levels of nesting. Keeps every recursion over a document far from the end of the stack. */
export const MAX_DEPTH = 256;

/** Nodes that a document may have when every alias is written out. Keeps alias bombs from growing in JSON. */
export const MAX_EXPANDED_NODES = 4_000_000;

/** Problems of one document. More of them would bury the first, which is mostly the cause of the others. */
export const MAX_PROBLEMS = 100;
