/** Everything that is a matter of time or size in the editor, each with its reason. Milliseconds and megabytes. */

/** After the last keystroke: long enough not to work on every letter, short enough to feel live. Users may set another. */
export const EDIT_DELAY = 150;

/** Characters of which a text has so many that reading it takes about as long as the next key is away. */
export const LONG_TEXT = 200_000;

/** How much longer linting waits: it reads the whole document. */
export const LINT_WAITS_LONGER = 100;

/** The first look at a server of 10,000 files takes half a minute on a slow machine. */
export const ANALYSIS_DEADLINE = 120_000;

/** How long a question about names waits for the analysis of what was typed last. */
export const NAMES_WAIT = 5_000;

/** A ruleset that loops is the only reason to take this long. */
export const LINT_DEADLINE = 60_000;

/** A document of another host; the findings of all others do not wait for it. */
export const REMOTE_DEADLINE = 10_000;

/** A worker that comes down so often in so short a time will come down again. */
export const MOST_CRASHES = 3;
export const CRASH_WINDOW = 300_000;

/** A server of 10,000 files takes 700. */
export const WORKER_MEMORY = 2_000;

/** Events of files come one by one; a branch switch is hundreds. */
export const DISK_DELAY = 200;

/** How long the loop may work at a stretch: well below what people notice. */
export const SLICE = 8;
