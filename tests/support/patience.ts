/**
 * How long a test waits for what surely comes, in milliseconds of machine time. It is seen at once when it comes, so only a
 * broken rule waits this long; a machine that stands still for a while, as a shared one does, breaks no rule.
 */
export const PATIENCE_MS = 90_000;
