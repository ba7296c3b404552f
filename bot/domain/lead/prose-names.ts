/** Names inside sentences: "Met Jonas from Elbwerk", "my name is Peter and I work at Daily Bugle". */
import { mayBeCompany, nameStrength, withoutSentenceWords } from './name-words.ts';
import { isPlace } from './places.ts';

const WORD = String.raw`\p{Lu}[\p{L}\p{M}’'-]+`;
const NAME = String.raw`${WORD}(?:\s${WORD}){0,3}`;
const COMPANY = String.raw`[«"“]?(${WORD}(?:\s+(?:&\s+)?${WORD}){0,3})`;

/** In the order of trust. The first group is the name, the second the company. */
const PATTERNS: readonly RegExp[] = [
  new RegExp(
    String.raw`(?:[Mm]y name is|I am|I[’']m|[Tt]his is|[Мм]еня зовут)\s+(${NAME})(?:[^.!?\n]{0,30}?\s(?:at|from|for|with|из|в)\s+${COMPANY})?`,
    'gu',
  ),
  new RegExp(
    String.raw`(?<!\p{L})(${NAME})\s*,?\s+(?:from|at|of|with|из|bei|von)\s+(?:компании\s+)?${COMPANY}`,
    'gu',
  ),
  new RegExp(
    String.raw`(?:^|\s)(?:[Mm]et|[Ss]poke (?:to|with)|[Tt]alked (?:to|with)|[Cc]all with|[Mm]eeting with|[Ii]ntroduced (?:me )?to|[Вв]стретил(?:ся|ась|ись) с|[Пп]ознакомил(?:ся|ась|ись) с|[Сс]озвонил(?:ся|ась|ись) с|[Пп]оговорил[аи]? с)\s+(${NAME})`,
    'gu',
  ),
];

/**
 * The first name a sentence gives away, with its company; null when there is none. Names stay in the case they stand in
 * ("с Ольгой Ким"): undoing a declension would be guessing.
 */
export function findNameInProse(text: string): { name: string; company: string | null } | null {
  for (const pattern of PATTERNS) {
    for (const [, words = '', company] of text.matchAll(pattern)) {
      const name = withoutSentenceWords(words);
      if (nameStrength(name) === null || isPlace(name)) continue;
      const known = company !== undefined && !isPlace(company) && mayBeCompany(company) ? company : null;
      return { name, company: known };
    }
  }
  return null;
}
