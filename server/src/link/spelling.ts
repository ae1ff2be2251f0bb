/** When are two spellings of an address so close that one is most likely meant to be the other? */

import { singular } from '../contract/words.ts';
import { type Keys, PARAM, REST } from './keys.ts';

/**
 * A parameter in the syntax of something else: `${id}` of a JavaScript template, `:id` of Express, `<id>`.
 * In an OpenAPI path these are plain text, which nobody means.
 */
export function isForeignParameter(key: string): boolean {
  return key === `$${PARAM}` || key === `:${PARAM}` || /^:[a-z_]\w*$/.test(key) || /^<[^<>]+>$/.test(key);
}

/** What is left of a segment without hyphens and underscores. */
export function joined(key: string): string {
  return key.replace(/[-_.]/g, '');
}

/** What is left of a segment without plural, hyphens, underscores and foreign parameter syntax. */
export function stem(key: string): string {
  if (key === PARAM || key === REST || isForeignParameter(key)) return key === REST ? REST : PARAM;
  return singular(joined(key));
}

export function stems(keys: Keys): Keys {
  return keys.map(stem);
}

/** Shorter words are too close to each other by chance. */
const MIN_TYPO_LENGTH = 4;

/** Is this a word long enough to be misspelt by one letter and still be told from others? */
export function isTypable(word: string): boolean {
  return word.length >= MIN_TYPO_LENGTH && !word.includes(PARAM) && word !== REST;
}

/**
 * Keys that two words share if one edit makes them equal, as they are or without plural: a letter more, a letter less,
 * another letter, or two swapped. Each is filed under itself and under itself without each of its letters.
 */
export function typoKeys(word: string): readonly string[] {
  const keys = new Set<string>();
  for (const form of [joined(word), stem(word)]) {
    keys.add(form);
    for (let at = 0; at < form.length; at += 1) keys.add(form.slice(0, at) + form.slice(at + 1));
  }
  return [...keys];
}
