/** The first thing anybody reads: what this is, how to begin, and the one question we have. */
import type { UserRow } from '../../../../shared/schemas/user.ts';
import type { StartOutcome } from '../../../usecases/start-chat.ts';
import type { Card } from '../../context.ts';
import { openInApp } from '../../mini-app-link.ts';
import { bold, clip, oneLine, quote, richText } from '../../text/rich-text.ts';
import type { Words } from '../../text/words.ts';
import { zoneButtons } from '../zone/zone-cards.ts';

const NAME_LIMIT = 60;

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
  const when = next === null ? null : words.moment(Temporal.Instant.from(next.reminder.wanted_at));
  return {
    text: richText([
      ...intro,
      hello,
      when === null
        ? [paused === 0 ? say('start-nothing-planned') : say('start-all-paused', { count: paused })]
        : [
            say('start-next', {
              step: clip(oneLine(next?.step?.description ?? next?.reminder.title ?? ''), 300),
              when,
            }),
          ],
      ...example,
    ]),
    keyboard: openInApp(say, miniAppUrl),
  };
}
