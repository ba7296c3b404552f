/** A bar on the terminal while a command works; nothing where nobody looks (a pipe, a log). */
const WIDTH = 30;

/** Draws `done` of `all`; the last call ends the line. */
export function showProgress(done: number, all: number, stream: NodeJS.WriteStream = process.stderr): void {
  if (!stream.isTTY || all === 0) return;
  const filled = Math.round((done / all) * WIDTH);
  const bar = `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)}`;
  stream.write(`\r${bar} ${String(done)} of ${String(all)}${done === all ? '\n' : ''}`);
}
