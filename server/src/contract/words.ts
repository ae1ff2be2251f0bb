/** Names that are made: of words, and so that nothing else has them. */

/** `two words` → `TwoWords`. */
export function pascal(text: string): string {
  return text
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('');
}

/** The name itself, or with the first number behind it that makes it free. */
export function freeName(name: string, isTaken: (name: string) => boolean, joint = ''): string {
  let free = name;
  for (let number = 2; isTaken(free); number += 1) free = `${name}${joint}${number}`;
  return free;
}
