/** How the figures are printed: name, value, the bar it is held against, and a ratio where there is a baseline. */

/** The middle value; of an even number the lower middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  if (middle === undefined) throw new Error('There is no median of nothing.');
  return middle;
}

/** Prints a heading. */
export function heading(text: string): void {
  process.stdout.write(`\n${text}\n`);
}

/** Prints one figure; `bar` is what it should stay under. */
export function figure(name: string, value: string, bar?: string): void {
  process.stdout.write(
    `  ${name.padEnd(46)} ${value.padStart(14)}${bar === undefined ? '' : `   bar: ${bar}`}\n`,
  );
}

/** Milliseconds with one decimal. */
export function ms(value: number): string {
  return `${value.toFixed(1)} ms`;
}
