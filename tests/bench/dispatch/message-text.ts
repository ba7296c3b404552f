/** What every message of the bench says, as SQL over its number `n`, and when it is due, for the sink to read. */
/** @param due SQL of the instant the message falls due. */
export const STORED_TEXT = (due: string): string =>
  `'Hi Anna, last week we spoke about freight to Riga. Shall I send the offer for ' || n || ' pallets today, or is ` +
  `Thursday better for you? (due ' || (extract(epoch from ${due}) * 1000)::bigint || ')'`;
