/** Cuts a draft into sentences and puts the rest together again, line breaks and greeting kept. */

/** Words that a dot follows without ending the sentence. */
const ABBREVIATION =
  /(?:^|[\s(])(?:mr|mrs|ms|dr|prof|st|vs|no|inc|ltd|co|e\.g|i\.e|т\.е|т\.к|т\.д|г|ул|им|\p{Lu})\.$/iu;

/** The sentences with everything around them: joined they are the text again. */
export function splitSentences(text: string): string[] {
  const pieces = text.split(/(?<=[.!?…]["'»”)]*)(?=\s+["'«“(]?[\p{Lu}\d])|(?<=\n)/u);
  const sentences: string[] = [];
  for (const piece of pieces) {
    const last = sentences.at(-1);
    if (last !== undefined && ABBREVIATION.test(last)) sentences[sentences.length - 1] = last + piece;
    else sentences.push(piece);
  }
  return sentences.filter((sentence) => sentence !== '');
}

/** What is left after sentences were taken out, without the gaps they leave. */
export function joinSentences(sentences: readonly string[]): string {
  return sentences
    .join('')
    .replace(/[^\S\n]+(?=\n|$)/g, '')
    .replace(/(?<=^|\n)[^\S\n]+/g, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

const GREETING =
  /^(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|greetings|здравствуйте|привет|добр(?:ый|ое|ого)|hola|hallo|guten|bonjour)(?!\p{L})/iu;
const GREETING_END = /(?:здравствуйте|привет|добрый день|доброе утро|добрый вечер)\s*[!,.]?$/iu;
const SIGN_OFF =
  /^(?:(?:all the |with )?(?:best|kind|warm|many)?\s?(?:best|regards|wishes|cheers|thanks|thank you|sincerely|warmly|yours)(?: (?:regards|wishes|truly|again|in advance))?|с уважением|всего доброго|всего хорошего|с наилучшими пожеланиями|спасибо|хорошего дня)$/iu;

/** A line that only greets. */
export function isGreeting(line: string): boolean {
  const text = line.trim();
  return (
    text.length <= 80 &&
    (GREETING.test(text) || GREETING_END.test(text)) &&
    !/[?]/.test(text) &&
    !/[.!,]\s+\S+\s+\S+\s+\S+/.test(text)
  );
}

/** A line that only takes leave. */
export function isSignOff(line: string): boolean {
  return SIGN_OFF.test(line.trim().replace(/[,.!]+$/, ''));
}

/** Letters that a draft needs beside greeting and leave to say anything. */
const LEAST_LETTERS = 15;
/** Letters of the shortest description that tells what to do. */
const LEAST_DESCRIPTION = 8;

/** Whether a draft still says something. */
export function isMeaningfulDraft(text: string): boolean {
  const said = text.split('\n').filter((line) => !isGreeting(line) && !isSignOff(line));
  return letters(said.join(' ')) >= LEAST_LETTERS;
}

/** Whether a description still tells what to do. */
export function isMeaningfulDescription(text: string): boolean {
  return letters(text) >= LEAST_DESCRIPTION;
}

function letters(text: string): number {
  return text.match(/\p{L}/gu)?.length ?? 0;
}
