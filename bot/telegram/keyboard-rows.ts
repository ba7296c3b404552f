/** Buttons row by row. Two in a row read well on every phone. */
const PER_ROW = 2;

export function keyboardRows<Button>(buttons: readonly Button[]): Button[][] {
  return Array.from({ length: Math.ceil(buttons.length / PER_ROW) }, (_, row) =>
    buttons.slice(row * PER_ROW, (row + 1) * PER_ROW),
  );
}
