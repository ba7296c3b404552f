/** Cutting a text into the pieces in which people write who somebody is, with the place of each piece. */

export interface Span {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

export interface Segment extends Span {
  readonly text: string;
}

/** Stands for a character of a contact that was cut out of the text, so that positions stay as they were. */
export const CONTACT_MARK = '\uFFFC';

const SEPARATOR = /[,;|•·،、\t]|\s[-–—/]\s|\s*[()<>]\s*|(?<=\p{Ll}{3}|\p{Lo})[.!?。](?=\s|$)/gu;

/** The lines of a text, empty ones left out. */
export function splitLines(whole: string): Segment[] {
  return [...whole.matchAll(/[^\n]+/g)].map((match) => ({
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** The pieces of a line between separators, without marks and outer blanks; empty ones are left out. */
export function splitSegments(line: string, offset: number): Segment[] {
  const cuts = [...line.matchAll(SEPARATOR)];
  const ends = [...cuts.map((cut) => cut.index + cut[0].length), line.length];
  const segments: Segment[] = [];
  let start = 0;
  for (const [index, end] of ends.entries()) {
    const piece = line.slice(start, cuts[index]?.index ?? end);
    if (bare(piece) !== '') segments.push({ text: bare(piece), start: offset + start, end: offset + end });
    start = end;
  }
  return segments;
}

/** Words alone: no marks, no outer punctuation, single blanks. */
export function bare(piece: string): string {
  return piece
    .replaceAll(CONTACT_MARK, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[\s,;:|*_]+|[\s,;:|*_]+$/g, '');
}

/** What stands after the end of a sentence or a colon inside the lines: headers hide there too. */
export function splitSentences(lines: readonly Segment[]): Segment[] {
  return lines.flatMap((line) =>
    [...line.text.matchAll(/(?<=[\p{Ll}\d)][.!?:]\s+)[^\s].*?(?=(?<=[\p{Ll}\d)][.!?:])\s|$)/gu)].map(
      (match) => ({
        text: match[0],
        start: line.start + match.index,
        end: line.start + match.index + match[0].length,
      }),
    ),
  );
}
