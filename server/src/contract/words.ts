/** Names that are made: of words, and so that nothing else has them. */

/** `teaLeaves`, `tea-leaves` and `TEA leaves` → tea, leaves. */
export function wordsOf(text: string): readonly string[] {
  return text
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .split(/[^A-Za-z\d]+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}

/** `two words` → `TwoWords`; capitals stay. */
export function pascal(text: string): string {
  return text
    .split(/[^A-Za-z\d]+/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('');
}

/** `TwoWords` → `two-words`. */
export function kebab(text: string): string {
  return wordsOf(text).join('-');
}

/** One of what an English plural names; a word that is none stays as it is. */
export function singular(word: string): string {
  if (/(?:ss|us|is|^news|^series|^species)$/i.test(word) || word.length < 3) return word;
  if (/.{2}ies$/i.test(word)) return `${word.slice(0, -3)}${/[A-Z]$/.test(word) ? 'Y' : 'y'}`;
  if (/(?:ch|sh|ss|x|[^aeo]us)es$/i.test(word)) return word.slice(0, -2);
  return word.replace(/s$/i, '');
}

/**
 * Does a text say which one of many? Numbers, UUIDs, object ids, ULIDs, dates, addresses of mail, and long texts of letters
 * and digits mixed, as tokens are.
 */
export function isIdentifier(text: string): boolean {
  return (
    /^\d+$|^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$|^[\da-f]{16,}$|^\d{4}-\d{2}-\d{2}|@/i.test(text) ||
    (/^(?=.*\d)(?=.*[a-z])[\w.~=-]{16,}$/i.test(text) && !/^(?:[a-z]+[-_])+[a-z\d]{1,4}$/i.test(text))
  );
}

/** Do they stand in alphabetical order? So do one and none. */
export function areSorted(names: readonly string[]): boolean {
  return names.every((name, index) => index === 0 || (names[index - 1] ?? '') <= name);
}

/** The name itself, or with the first number behind it that makes it free. */
export function freeName(name: string, isTaken: (name: string) => boolean, joint = ''): string {
  let free = name;
  for (let number = 2; isTaken(free); number += 1) free = `${name}${joint}${number}`;
  return free;
}
