/** The first thing anybody reads: what this is, how to begin, and the one question we have. */
import { formatLateness } from '../../../../shared/rules/words.ts';
import type { UserRow } from '../../../../shared/schemas/user.ts';
import type { ReminderLine } from '../../../usecases/ports.ts';
import type { StartOutcome } from '../../../usecases/start-chat.ts';
import type { Card } from '../../context.ts';
import { openInApp } from '../../mini-app-link.ts';
import { bold, clip, oneLine, quote, richText } from '../../text/rich-text.ts';
import type { Words } from '../../text/words.ts';
import { zoneButtons } from '../zone/zone-cards.ts';

const NAME_LIMIT = 60;
const STEP_LIMIT = 300;

export function startCard(
  outcome: StartOutcome,
  person: Pick<UserRow, 'first_name'>,
  words: Words,
  miniAppUrl: string | null,
  /** Said before anything else: what became of the link that led here. */
  note: string | null = null,
): Card {
  const { say } = words;
  const name = clip(oneLine(person.first_name ?? ''), NAME_LIMIT);
  const intro = note === null ? [] : [[note], []];
  const hello = [bold(name === '' ? say('start-hello-nameless') : say('start-hello', { name }))];
  const example = [[], [say('example-intro')], [quote(say('example-lead'))], []];
  if (outcome.kind === 'zone_unknown') {
    return {
      text: richText([...intro, hello, [say('start-what')], ...example, [say('zone-ask')]]),
      keyboard: zoneButtons(words),
    };
  }
  const { next, paused } = outcome;
  return {
    text: richText([
      ...intro,
      hello,
      next === null
        ? [paused === 0 ? say('start-nothing-planned') : say('start-all-paused', { count: paused })]
        : [whatIsNext(next, words)],
      ...example,
    ]),
    keyboard: openInApp(say, miniAppUrl),
  };
}

function whatIsNext({ step: planned, reminder }: ReminderLine, words: Words): string {
  const wanted = Temporal.Instant.from(reminder.wanted_at);
  const late = formatLateness(wanted, words.now, words.zone, words.language);
  const step =
    clip(oneLine(planned?.description ?? reminder.title ?? ''), STEP_LIMIT) || words.say('reminder-bare');
  return late === null
    ? words.say('start-next', { step, when: words.moment(wanted) })
    : words.say('start-late', { step, late });
}
