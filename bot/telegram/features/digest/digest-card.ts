/** The morning's summary: late, today, and what was done yesterday. Arrives without a sound. */
import { formatLateness } from '../../../../shared/rules/words.ts';
import type { ClaimedDigest } from '../../../../shared/schemas/digest.ts';
import { encodeCallback } from '../../callback-data.ts';
import type { Card } from '../../context.ts';
import { keyboardRows } from '../../keyboard-rows.ts';
import { openInApp } from '../../mini-app-link.ts';
import { bold, clip, oneLine, richText, type Lines } from '../../text/rich-text.ts';
import type { Texts } from '../../text/texts.ts';
import { wordsFor } from '../../text/words.ts';

const LINE_LIMIT = 160;
/** Fits on a phone. */
const LABEL_LIMIT = 40;

type Line = ClaimedDigest['facts']['lines'][number];

export function digestCard(digest: ClaimedDigest, texts: Texts, miniAppUrl: string | null): Card {
  const { facts, language, zone } = digest;
  const words = wordsFor(texts, language, zone, Temporal.Instant.from(digest.product_now));
  const { say } = words;
  const { lines } = facts;
  const line = (one: Line): readonly string[] => {
    const wanted = Temporal.Instant.from(one.wanted_at);
    const when = formatLateness(wanted, words.now, zone, language) ?? words.when(wanted);
    const what = [one.lead_name, one.text].map((part) => oneLine(part ?? '')).filter(Boolean);
    const matter = what.join(': ') || say('reminder-bare');
    return [`${lines.indexOf(one) + 1}. ${clip(matter, LINE_LIMIT)} (${when})`];
  };
  const section = (title: string, count: number, some: readonly Line[]): Lines =>
    count === 0
      ? []
      : [
          [],
          [bold(say(title, { count }))],
          ...some.map(line),
          count > some.length ? [say('list-more', { count: count - some.length })] : null,
        ];
  const buttons = lines.map((one, index) => ({
    text: `${index + 1}. ${clip(oneLine(one.lead_name ?? one.text) || '…', LABEL_LIMIT)}`,
    callback_data: encodeCallback({ verb: 'open', id: one.id }),
  }));
  return {
    text: richText([
      digest.in_doubt ? [say('reminder-sent-again')] : null,
      [bold(say(facts.today + facts.late === 0 ? 'digest-title-free' : 'digest-title'))],
      ...section(
        'today-late',
        facts.late,
        lines.filter(({ late }) => late),
      ),
      ...section(
        'today-today',
        facts.today,
        lines.filter(({ late }) => !late),
      ),
      facts.done + facts.skipped === 0 ? null : [],
      facts.done === 0 ? null : [say('digest-done', { count: facts.done })],
      facts.skipped === 0 ? null : [say('digest-skipped', { count: facts.skipped })],
      digest.is_farewell ? [] : null,
      digest.is_farewell ? [say('digest-farewell')] : null,
    ]),
    keyboard: [...keyboardRows(buttons), ...openInApp(say, miniAppUrl)],
  };
}
