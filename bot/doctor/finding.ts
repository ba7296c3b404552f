/** One line of `npm run doctor`. */

export interface Finding {
  /** `note`: nothing is wrong, but good to know. `wrong`: something will not work; `fix` says what to do. */
  readonly state: 'ok' | 'note' | 'wrong';
  readonly subject: string;
  readonly what: string;
  readonly fix?: string;
}

const MARKS = { ok: 'ok   ', note: '–    ', wrong: 'WRONG' };
const SUBJECT_WIDTH = 12;

/** The finding as one line of text. */
export function lineOf({ state, subject, what, fix }: Finding): string {
  const line = `${MARKS[state]} ${subject.padEnd(SUBJECT_WIDTH)} ${oneLine(what)}`;
  return fix === undefined ? line : `${line}  → ${oneLine(fix)}`;
}

/**
 * Runs a check that may throw: what it throws becomes a finding of its own.
 * @param fix what to do when it throws.
 */
export async function looking(
  subject: string,
  fix: string,
  check: () => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  try {
    return await check();
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    return [{ state: 'wrong', subject, what, fix }];
  }
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
