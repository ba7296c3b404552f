/** Numbers, links and addresses in a sentence that nobody told. */
import { numbersIn, PHONE, phoneTails, type Evidence } from './evidence.ts';

const EMAIL = /[\p{L}\d._%+-]+@[\p{L}\d-]+(?:\.[\p{L}\d-]+)+/giu;
const LINK =
  /(?:https?:\/\/|www\.)[^\s<>"«»()]+|(?<![\p{L}\d@.-])(?:[\p{L}\d-]+\.)+(?:com|org|net|io|ai|co|app|dev|info|biz|eu|uk|de|fr|es|it|pl|nl|se|no|ru|рф|me|ly|gl|us|ca|tech|shop|online|site|link)(?![\p{L}\d])(?:\/[^\s<>"«»()]*)?/giu;
const HANDLE = /(?<![\p{L}\d.])@[\p{L}\d_]{3,}/giu;
/** Services everybody knows: their bare name is no invented link. */
const SERVICES = /^(?:www\.)?(?:linkedin|telegram|whatsapp|zoom|google)\.(?:com|org|me|us)$/i;

const AMOUNT =
  /[$€£₽]\s?\d[\d.,\s]*|\d[\d.,\s]*\s?(?:%|[$€£₽]|(?:percent|per cent|процент\p{L}*|руб\p{L}*|доллар\p{L}*|евро|dollars?|euros?|eur|usd|gbp|rub|k|к|тыс\p{L}*|млн|млрд|million|billion|thousand|mln|bn)(?!\p{L}))/giu;
const FRACTION =
  /(?<!\p{L})(?:by|up to|to) (?:a |one |almost |nearly )?(?:third|half|quarter)(?!\p{L})|(?<!\p{L})(?:twice|three times) as|(?:dozens|hundreds|thousands) of|(?<!\p{L})(?:вдвое|втрое|вполовину|в (?:два|три|пять|десять) раза?)(?!\p{L})|(?:на|до) (?:треть|трети|четверть|четверти|половину|половины)(?!\p{L})|(?:десятки|сотни|тысячи) \p{L}+/iu;
const TIMES = /\d+(?:[.,]\d+)?\s?[xх×](?![\p{L}\d])|\d+\s?\+(?=\s|$)/giu;
const MONTH =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|январ[яь]|феврал[яь]|марта?|апрел[яь]|ма[яй]|июн[яь]|июл[яь]|августа?|сентябр[яь]|октябр[яь]|ноябр[яь]|декабр[яь]';
const DATE = new RegExp(
  String.raw`(?<!\p{L})(?:${MONTH})\.?\s+(?:the\s+)?\d{1,2}(?:st|nd|rd|th)?(?!\d)|\d{1,2}(?:st|nd|rd|th)?(?:\s+of)?\s+(?:${MONTH})(?!\p{L})|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{4}-\d{2}-\d{2}`,
  'giu',
);
const DURATION =
  /\d+(?:\s?[-–]\s?\d+)?[\s-]?(?:min(?:ute)?s?|hours?|days?|weeks?|seconds?|sec|words?|lines?|sentences?|минут\p{L}*|мин|час\p{L}*|дн\p{L}+|день|недел\p{L}*|секунд\p{L}*|слов\p{L}*|строк\p{L}*|предложени\p{L}*)(?!\p{L})/giu;
const CLOCK =
  /\d{1,2}[:.]\d{2}(?!\d)\s?(?:am|pm|h)?|\d{1,2}\s?(?:am|pm)(?!\p{L})|(?<!\p{L})в \d{1,2}(?= час)/giu;

const COUNT_WORD =
  'dozens? of|hundreds? of|thousands? of|(?:twenty|thirty|forty|fifty|hundred|thousand|\\d[\\d.,]*)|десятк\\p{L}+|сотн\\p{L}+|тысяч\\p{L}*|двадцать|тридцать|пятьдесят|сто';
const CLAIM_NOUN =
  'customers?|clients?|companies|compan(?:y|ies)|employees|offices?|countries|years?|users?|teams|locations?|stores?|projects?|trucks?|brands?|startups?|firms|клиент\\p{L}*|компани\\p{L}*|сотрудник\\p{L}*|офис\\p{L}*|стран\\p{L}*|лет|год\\p{L}*|пользовател\\p{L}*|магазин\\p{L}*|проект\\p{L}*|заказчик\\p{L}*';
const CLAIM_COUNT = new RegExp(
  String.raw`(?<![\p{L}\d])(?:${COUNT_WORD})\s+(?:\p{L}+\s+)?(?:${CLAIM_NOUN})(?!\p{L})`,
  'giu',
);

/** Counts up to this are how people talk ("three options", "24 hours"); beyond it a number claims something. */
const SMALL_NUMBER = 60;
/** Whether the sentence holds a link, an e-mail address or a handle that was not told. */
export function hasForeignAddress(sentence: string, { plain }: Evidence): boolean {
  const emails = sentence.match(EMAIL) ?? [];
  if (emails.some((email) => !plain.includes(email.toLowerCase()))) return true;
  const rest = sentence.replace(EMAIL, ' ');
  const links = rest.match(LINK) ?? [];
  if (links.some((link) => !isKnownLink(link, plain))) return true;
  return (rest.match(HANDLE) ?? []).some((handle) => !plain.includes(handle.slice(1).toLowerCase()));
}

function isKnownLink(link: string, plain: string): boolean {
  const bare = link
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/[.,;:!?/]+$/, '');
  return SERVICES.test(bare) || plain.includes(bare.replace(/^www\./, ''));
}

/** Whether the sentence holds an amount, a date, a share, a phone number or a count that was not told. */
export function hasForeignFigure(sentence: string, evidence: Evidence): boolean {
  const text = sentence.replace(EMAIL, ' ').replace(LINK, ' ').replace(HANDLE, ' ');
  if (!evidence.plain.includes(FRACTION.exec(text)?.[0].toLowerCase() ?? '')) return true;
  const isTold = (found: string): boolean => numbersIn(found).every((number) => evidence.numbers.has(number));
  for (const pattern of [AMOUNT, TIMES, DATE]) {
    if ((text.match(pattern) ?? []).some((found) => !isTold(found))) return true;
  }
  for (const found of text.match(CLAIM_COUNT) ?? []) {
    const numbers = numbersIn(found);
    if (numbers.length === 0 ? !evidence.plain.includes(found.toLowerCase()) : !isTold(found)) return true;
  }
  if (phoneTails(text).some((tail) => !evidence.phones.has(tail))) return true;
  const everyday = text.replace(PHONE, ' ').replace(CLOCK, ' ').replace(DURATION, ' ');
  return numbersIn(everyday).some((number) => Number(number) > SMALL_NUMBER && !evidence.numbers.has(number));
}
