/** Texts that people send to a bot and that are about nobody: told apart before anything is stored. */
import type { NoLeadReason } from './lead-types.ts';

const SMALL_TALK = new Set(
  [
    'hi hello hey hiya yo howdy hallo hola bonjour salut ciao hej ola moin servus',
    'thanks thank you thx ok okay yes no yep nope cool great nice fine sure bye test help start stop there all bot',
    'good morning day evening afternoon night guten tag morgen abend buenos dias bonsoir dzien dobry czesc',
    'привет приветствую здравствуйте здравствуй здрасьте салют хай алло',
    'добрый доброе доброго день утро вечер дня утра вечера времени суток',
    'спасибо благодарю ок окей да нет ага понятно ясно круто хорошо пока тест помощь старт стоп всем бот вітаю привіт дякую',
    'שלום תודה مرحبا شكرا السلام عليكم 你好 谢谢 こんにちは',
  ]
    .join(' ')
    .split(' '),
);

const QUESTION_START =
  /^(?:what|how|who|when|where|why|which|can|could|do|does|did|is|are|will|would|should|что|как|кто|где|когда|почему|зачем|сколько|можно|можешь|умеешь|ты|вы|а)(?!\p{L})/iu;

const MAX_SMALL_TALK_WORDS = 6;
/** A longer text that ends in a question mark usually has something to say first. Code units. */
const MAX_QUESTION_LENGTH = 200;

/**
 * Why the text is certainly no lead, null when it may be one.
 * @param text cleaned of invisible characters.
 */
export function smallTalk(text: string): NoLeadReason | null {
  const trimmed = text.trim();
  if (trimmed === '') return 'empty';
  if (!/[\p{L}\p{N}]/u.test(trimmed)) return 'no_words';
  if (/^\/[a-z]/i.test(trimmed)) return 'command';
  const plain = trimmed
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .normalize('NFC');
  const words = plain.match(/[\p{L}\p{M}]+/gu) ?? [];
  const allSmall = words.length > 0 && words.every((word) => SMALL_TALK_FOLDED.has(word));
  if (allSmall && words.length <= MAX_SMALL_TALK_WORDS) return 'greeting';
  const asks = /[?？؟]\s*$/u.test(trimmed) && trimmed.length <= MAX_QUESTION_LENGTH;
  return asks && (QUESTION_START.test(trimmed) || SMALL_TALK_FOLDED.has(words[0] ?? '')) ? 'question' : null;
}

const SMALL_TALK_FOLDED: ReadonlySet<string> = new Set(
  [...SMALL_TALK].map((word) =>
    word
      .normalize('NFD')
      .replace(/\p{Mn}/gu, '')
      .normalize('NFC'),
  ),
);
