/** Drafts where only their first lines fit: a salutation must not use up the room for what is said. */

/** "Hi Anna," and "Добрый день, Анна!" are shorter; a first sentence is longer. UTF-16 units. */
const SALUTATION_LIMIT = 48;
const BLANK_LINES = /\n[^\S\n]*(?:\n[^\S\n]*)+/g;

/** The draft in as few lines as possible: without blank lines, its first sentence behind the salutation. Every word stays. */
export function draftPreview(draft: string): string {
  const text = unified(draft).replace(BLANK_LINES, '\n');
  const [first = '', ...rest] = text.split('\n');
  return isSalutation(first) && rest.length > 0
    ? [`${first.trimEnd()} ${(rest[0] ?? '').trimStart()}`, ...rest.slice(1)].join('\n')
    : text;
}

/** The whole draft, to be copied: only the blank line behind the salutation goes, so that a fold shows what comes after it. */
export function foldedDraft(draft: string): string {
  const text = unified(draft);
  const end = text.indexOf('\n');
  if (end < 0 || !isSalutation(text.slice(0, end))) return text;
  return `${text.slice(0, end).trimEnd()}\n${text.slice(end).trimStart()}`;
}

function unified(draft: string): string {
  return draft.replace(/\r\n?/g, '\n').trim();
}

/** A short line that greets and says nothing yet: it ends in a comma, an exclamation mark, a colon or a dash. */
function isSalutation(line: string): boolean {
  const text = line.trim();
  return text.length <= SALUTATION_LIMIT && /\p{L}[^.?]*[,!:—–]$/u.test(text);
}
