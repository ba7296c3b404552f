/** A chat's record in words, for reading and for reports: one line for each thing that happened, oldest first. */
import type { TranscriptEntry } from './telegram/types.ts';

const WHAT: Readonly<Record<TranscriptEntry['what'], string>> = {
  bot_sent: 'Nudge',
  bot_edited: 'Nudge edits',
  bot_deleted: 'Nudge deletes',
  bot_answered: 'Nudge answers the tap',
  person_sent: 'Person',
  person_edited: 'Person edits',
  person_deleted: 'Person deletes',
  person_tapped: 'Person taps',
};

/**
 * @param zone IANA name; times are written by its clock
 * @returns lines such as "2026-11-23 08:00:05 Nudge #102: Hello, Mara. [Berlin | London]"
 */
export function describeTranscript(entries: readonly TranscriptEntry[], zone: string): string {
  const lines = entries.map(({ at, what, messageId, text, buttons }) => {
    const local = Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDateTime();
    const time = local.toString({ smallestUnit: 'second' }).replace('T', ' ');
    const number = messageId === null ? '' : ` #${messageId}`;
    const labels = buttons.length === 0 ? '' : ` [${buttons.flat().join(' | ')}]`;
    // Lines of one message stay one line of the record.
    return `${time} ${WHAT[what]}${number}: ${text.replaceAll('\n', ' ⏎ ')}${labels}`;
  });
  return [`Times by the clock of ${zone}`, ...lines, ''].join('\n');
}
