/** Greetings of the wrong person and signatures of somebody unknown: replaced and taken off, the rest stays. */
import type { Evidence } from './evidence.ts';
import { wordsOf } from './fold.ts';
import { isEverydayWord } from './name-words.ts';
import { isKnown } from './names.ts';
import { isSignOff } from './sentences.ts';
import { hasPlaceholder } from './placeholders.ts';

const ENGLISH =
  /^(\s*)(hi|hello|hey|dear|good (?:morning|afternoon|evening)|hallo|guten tag|hola|bonjour|ciao|olá)\s+([^,!?\n]{1,60}?)(\s*[,!])/iu;
const RUSSIAN_AFTER = /^(\s*)([^,!.?\n]{1,60}), (здравствуйте|добрый день|доброе утро|добрый вечер|привет)/iu;
const RUSSIAN_BEFORE =
  /^(\s*)(здравствуйте|добрый день|доброе утро|добрый вечер|привет),?\s+([^,!.?\n]{1,60})([!,.])/iu;

/** The draft with a greeting that names nobody, when it greeted somebody unknown. */
export function neutralGreeting(
  text: string,
  evidence: Evidence,
): { readonly text: string; readonly replaced: boolean } {
  for (const pattern of [ENGLISH, RUSSIAN_BEFORE]) {
    const [whole, space, word, name, end] = pattern.exec(text) ?? [];
    if (whole === undefined || name === undefined || !isStranger(name, evidence)) continue;
    const greeting = /dear/i.test(word ?? '') ? 'Hello' : (word ?? '');
    return {
      text: `${space ?? ''}${greeting}${(end ?? ',').trim()}${text.slice(whole.length)}`,
      replaced: true,
    };
  }
  const [whole, space, name, word] = RUSSIAN_AFTER.exec(text) ?? [];
  if (whole === undefined || name === undefined || word === undefined || !isStranger(name, evidence)) {
    return { text, replaced: false };
  }
  const greeting = `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
  return { text: `${space ?? ''}${greeting}${text.slice(whole.length)}`, replaced: true };
}

/** A signature has at most this many lines. */
const SIGNATURE_LINES = 4;
/** A signature in the line of the leave-taking, or after a dash. */
const INLINE =
  /(?:\n|^)(?:(best|best regards|kind regards|warm regards|regards|cheers|thanks|sincerely|best wishes|с уважением|всего доброго)[,.]?\s+|[—–-]\s*)([^\n,.!?]{1,60})\s*$/iu;

/** The draft without the name of a sender nobody told. */
export function withoutSignature(
  text: string,
  evidence: Evidence,
): { readonly text: string; readonly removed: boolean } {
  const lines = text.split('\n');
  const leave = lines.findLastIndex((line) => isSignOff(line));
  if (leave >= 0 && lines.length - leave - 1 <= SIGNATURE_LINES) {
    const signature = lines.slice(leave + 1).filter((line) => line.trim() !== '');
    if (signature.length > 0 && signature.some((line) => isStranger(line, evidence))) {
      return {
        text: lines
          .slice(0, leave + 1)
          .join('\n')
          .trimEnd(),
        removed: true,
      };
    }
  }
  const inline = INLINE.exec(text);
  const name = inline?.[2];
  if (inline === null || name === undefined || !isStranger(name, evidence)) return { text, removed: false };
  const taken = inline[1] === undefined ? '' : `\n${inline[1]}`;
  return { text: `${text.slice(0, inline.index)}${taken}`.trimEnd(), removed: true };
}

/** Whether the words hold a name or a gap that is not known. */
function isStranger(words: string, evidence: Evidence): boolean {
  if (hasPlaceholder(words)) return true;
  return wordsOf(words).some(
    ({ word }) => /^\p{Lu}/u.test(word) && !isEverydayWord(word) && !isKnown(word, evidence),
  );
}
