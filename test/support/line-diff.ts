/** What changed between two short texts, as `diff` writes it: with a line around, and no places. */

export function lineDiff(before: string, after: string, around = 1): string {
  const [left, right] = [before.trimEnd().split('\n'), after.trimEnd().split('\n')];
  const lines = merged(left, right);
  const near = lines.map((_, index) =>
    lines.slice(Math.max(0, index - around), index + around + 1).some(({ sign }) => sign !== ' '),
  );
  return lines
    .flatMap(({ sign, text }, index) => {
      if (!near[index]) return [];
      const isGap = index > 0 && !near[index - 1];
      return [...(isGap ? ['@@'] : []), `${sign}${text}`.trimEnd()];
    })
    .join('\n');
}

interface Line {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
}

/** By the longest common subsequence. */
function merged(left: readonly string[], right: readonly string[]): readonly Line[] {
  const length: number[][] = Array.from({ length: left.length + 1 }, () => []);
  const at = (row: number, column: number): number => length[row]?.[column] ?? 0;
  for (let row = left.length - 1; row >= 0; row -= 1)
    for (let column = right.length - 1; column >= 0; column -= 1) {
      const line = length[row];
      if (line)
        line[column] =
          left[row] === right[column]
            ? at(row + 1, column + 1) + 1
            : Math.max(at(row + 1, column), at(row, column + 1));
    }
  const lines: Line[] = [];
  let [row, column] = [0, 0];
  while (row < left.length || column < right.length) {
    const [one = '', other = ''] = [left[row], right[column]];
    if (row < left.length && column < right.length && one === other) {
      lines.push({ sign: ' ', text: one });
      row += 1;
      column += 1;
    } else if (row < left.length && at(row + 1, column) >= at(row, column + 1)) {
      lines.push({ sign: '-', text: one });
      row += 1;
    } else {
      lines.push({ sign: '+', text: other });
      column += 1;
    }
  }
  return lines;
}
