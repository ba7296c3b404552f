/** Which lead a reminder's words are about: "call Anna" is about the one Anna among the person's leads. */

/** Shorter words are too common to be a name on their own. */
const SHORTEST_WORD = 3;
/** Russian names change their last letters with the case: "Анна", "Анне", "Анной". */
const LONGEST_ENDING = 3;

interface Named {
  readonly name: string;
}

/**
 * The one lead whose name the text holds; the best match when several words of one name are said. Null when no name is
 * said, or when two people could be meant: then nobody is guessed.
 */
export function leadInText<L extends Named>(text: string, leads: readonly L[]): L | null {
  const said = wordsOf(text);
  const scored = leads
    .map((lead) => ({
      lead,
      score: wordsOf(lead.name).filter((word) => said.some((one) => isSameName(one, word))).length,
    }))
    .filter(({ score }) => score > 0);
  const best = Math.max(0, ...scored.map(({ score }) => score));
  const winners = scored.filter(({ score }) => score === best);
  return winners.length === 1 ? (winners[0]?.lead ?? null) : null;
}

function wordsOf(text: string): string[] {
  const plain = text.normalize('NFC').toLowerCase().replaceAll('ё', 'е');
  return (plain.match(/[\p{L}\p{M}]+/gu) ?? []).filter((word) => word.length >= SHORTEST_WORD);
}

function isSameName(said: string, name: string): boolean {
  if (said === name) return true;
  if (!/^\p{sc=Cyrillic}+$/u.test(name)) return false;
  const stem = Math.max(SHORTEST_WORD, name.length - 1);
  return said.length - stem <= LONGEST_ENDING && said.startsWith(name.slice(0, stem));
}
