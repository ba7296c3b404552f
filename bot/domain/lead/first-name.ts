/** How to address a person whose full name is written in one of the usual orders. */

const TITLES = /^(?:dr|mr|mrs|ms|mx|prof|sir|herr|frau|ing|mag|mme|m|sr|sra|г-н|г-жа|д-р|проф)\.?$/iu;
const PATRONYMIC = /(?:вич|вна|ична|инична|ич)$/iu;

/** Endings of Russian family names that are no ending of a usual first name of five letters or more. */
const FAMILY_NAME = /(?:ов|ев|ёв|ова|ева|ёва|ский|ская|цкий|цкая|енко)$/iu;
const CASELESS_SCRIPT = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\s]+$/u;

/**
 * The first name, with the patronymic where there is one ("Иванов Иван Петрович" is addressed "Иван Петрович"); titles
 * are dropped; a name in Chinese, Japanese or Korean stays whole. Null when there is no word in it.
 */
export function firstName(fullName: string): string | null {
  const name = fullName.trim().replace(/\s+/g, ' ');
  if (!/\p{L}/u.test(name)) return null;
  if (CASELESS_SCRIPT.test(name)) return name;
  const parts = name.split(' ').filter((part) => !TITLES.test(part) && /\p{L}/u.test(part));
  const [first, second, third] = parts;
  if (first === undefined) return null;
  if (first.endsWith(',') && second !== undefined) return bare(second);
  if (!/\p{Script=Cyrillic}/u.test(first) || second === undefined) return bare(first);
  if (third !== undefined && PATRONYMIC.test(third)) return `${bare(second)} ${bare(third)}`;
  if (third !== undefined && PATRONYMIC.test(second)) return `${bare(first)} ${bare(second)}`;
  const familyFirst = first.length >= 5 && FAMILY_NAME.test(first) && !FAMILY_NAME.test(second);
  return bare(familyFirst ? second : first);
}

function bare(part: string): string {
  return part.replace(/^[^\p{L}]+|[^\p{L}.\p{M}]+$/gu, '');
}
