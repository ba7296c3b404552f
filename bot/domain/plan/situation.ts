/** Where things stand with a lead, guessed from the words used about it. Chooses the template plan. */

import type { Situation } from '../../../shared/schemas/plan.ts';
import { SIGNS } from './situation-signs.ts';

const PATTERNS = SIGNS.map(({ situation, happened, named }) => ({
  situation,
  happened: words(happened),
  named: named.length === 0 ? null : words(named),
}));

/** Said only in case it comes to that, or of a day to come: "if no reply by Friday", "как только отправил". */
const CONDITION = words(
  [
    String.raw`(?:if|unless|in case|as soon as|once (?:she|he|they|we|i|the|our)|если|как только|в случае)(?!\p{L})[^,.!?;\n]*`,
    String.raw`(?:until|till|before|after|when) (?:i|we)(?:'ve| have| get| send| meet| speak)(?!\p{L})[^,.!?;\n]*`,
    String.raw`(?:will not|would not) (?:be )?(?:repl|answer|respond|get|call|hear|react)\p{L}*`,
  ],
  'g',
);
/** The person's own silence: "I haven't answered her yet". */
const OWN_SILENCE = words(
  [
    String.raw`(?:i|we) (?:still |just )?(?:have not|had not|did not|never|have never)(?: yet| even)? (?:repl|answer|respond|react|called|call|written|got|get)\p{L}*(?: back)?`,
    String.raw`(?:я|мы) (?:\p{L}+ ){0,2}не (?:ответил|отвечал|перезвонил|отреагировал)\p{L}*`,
  ],
  'g',
);
const NOT_HAPPENED = words(
  [
    String.raw`(?:never|not|yet to|nobody|without)(?: yet| been| actually| even| ever| really)* (?:met|meet|spoke|spoken|talked|chatted|called|phoned|sent|emailed|submitted|shared|introduced|referred|made|given|gave|had|have)`,
    String.raw`no (?:call|meeting|demo|proposal|offer|quote|intro|introduction|referral)`,
    String.raw`не (?:был\p{L}* )?(?:встретил|встречал|видел|виделись|познакомил|знаком|созвонил|созванивал|говорил|поговорил|разговаривал|общал|пообщал|звонил|позвонил|дозвонил|отправил|отправлял|отправлен|выслал|выслан|послал|скинул|направил|передал|дал|сделал)\p{L}*`,
  ],
  'g',
);
/** Something in the clause lies ahead. */
const AHEAD = words([
  String.raw`tomorrow|tonight|next (?:week|month|quarter|year|time|mon|tues|wednes|thurs|fri|satur|sun)\p{L}*|later|soon|(?<!(?:from|by|via|through|with) )will|'ll|going to|(?:need|have|want|plan|hope|try|remember|like) to|should|must|let's|planned|scheduled|upcoming|in (?:a|one|two|three|\d+) (?:days?|weeks?|months?)`,
  String.raw`(?:ask|get|request|need|want)\p{L}* (?:\p{L}+ ){0,3}(?:intro|introduction|referral)`,
  String.raw`завтра|послезавтра|на следующ\p{L}+|через (?:день|неделю|месяц|\p{L}+ (?:дн|недел|месяц)\p{L}+)|скоро|потом|нужно|надо|планиру\p{L}+|хо(?:чу|тим|чет)|буд(?:у|ем|ет|ут)|собира\p{L}+|предсто\p{L}+`,
]);
/** A clause that begins with what to do. */
const TO_DO =
  /^\s*(?:(?:please )?(?:call|write|send|ask|meet|contact(?! from)|ping|e-?mail|phone|remind|talk|get|book|invite|prepare|catch|see|find|visit)|(?:позвонить|позвони|написать|напиши|отправить|отправь|связаться|свяжись|напомнить|напомни|поговорить|поговори|встретиться|созвониться|спросить|спроси|выслать|вышли|послать|подойти|подойди|найти|найди)(?:те)?)(?!\p{L})/u;
const CLAUSE = /[,.!?;:\n]|\s[-–—]\s|\s(?:and|but|then|so|и|но|а|затем)\s/u;

/**
 * The situation the text speaks of, `cold` when it says nothing. Plans ("call tomorrow", "отправить КП"), conditions
 * ("if no reply") and what did not happen ("never met") are no sign of anything.
 */
export function detectSituation(text: string): Situation {
  const plain = text
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replaceAll('’', "'")
    .replaceAll("won't", 'will not')
    .replaceAll("n't", ' not')
    .replaceAll(/[^\S\n]+/g, ' ');
  const told = plain.replaceAll(CONDITION, '').replaceAll(OWN_SILENCE, '');
  const happenedText = told.replaceAll(NOT_HAPPENED, '');
  const presentText = happenedText
    .split(CLAUSE)
    .filter((clause) => !AHEAD.test(clause) && !TO_DO.test(clause))
    .join('\n');
  const found = PATTERNS.find(
    ({ situation, happened, named }) =>
      // Silence is said with a "not" of its own.
      happened.test(situation === 'gone_quiet' ? told : happenedText) || named?.test(presentText) === true,
  );
  return found?.situation ?? 'cold';
}

/**
 * The alternatives as whole words. Letters are those of lower-case Latin and Cyrillic text: every letter of Unicode, a
 * hundred times over, takes a third of a second to compile.
 */
function words(alternatives: readonly string[], flags = ''): RegExp {
  const whole = String.raw`(?<!\p{L})(?:${alternatives.join('|')})(?!\p{L})`;
  return new RegExp(whole.replaceAll(String.raw`\p{L}`, '[a-zß-ɏа-џ]'), flags);
}
