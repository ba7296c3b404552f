/** The lines of a trace in the person's words. */
import type { WhyLine } from '../../../../shared/rules/why-now.ts';
import { formatWhen } from '../../../../shared/rules/words.ts';
import { zoneLabel } from '../../../../shared/rules/zones.ts';
import type { Say } from '../../texts/texts.ts';
import { capitalised, shortWhen } from '../../ui/dates.ts';
import type { IconName } from '../../ui/icons.tsx';

export interface WhyWords {
  readonly icon: IconName;
  readonly title: string;
  readonly text: string;
}

export interface WhyVoice {
  readonly say: Say;
  readonly now: Temporal.Instant;
  readonly zone: string;
  readonly language: string;
}

/** One line as its title and the sentence below it. */
export function wordsOf(line: WhyLine, { say, now, zone, language }: WhyVoice): WhyWords {
  const when = (at: Temporal.Instant): string => formatWhen(at, now, zone, language, { withWeekday: true });
  const clock = (at: Temporal.Instant): string => shortWhen(at, at, zone, language);
  switch (line.kind) {
    case 'plan':
      return {
        icon: 'bolt',
        title: say('why-plan', { days: line.delayDays }),
        text: say('why-plan-text', { step: line.stepId, start: when(line.start) }),
      };
    case 'own':
      return { icon: 'edit', title: say('why-own'), text: say('why-own-text', { when: when(line.at) }) };
    case 'trigger':
      return {
        icon: 'forward',
        title: say('why-trigger'),
        text: say('why-trigger-text', { by: line.by, when: when(line.at) }),
      };
    case 'day':
      return {
        icon: 'calendar',
        title: say('why-day', { from: day(line.from, language), to: day(line.to, language) }),
        text: say('why-day-text'),
      };
    case 'usual-hour':
      return {
        icon: 'clock',
        title: say('why-usual-hour', { clock: clock(line.at) }),
        text: say('why-usual-hour-text', { zone: capitalised(zoneLabel(zone, language)) }),
      };
    case 'picked':
      return {
        icon: 'clock',
        title: say('why-picked', { clock: clock(line.at) }),
        text: say(line.isQuiet ? 'why-picked-quiet' : 'why-picked-text'),
      };
    case 'snoozed':
      return {
        icon: 'sunset',
        title: say('why-snoozed', { when: when(line.to) }),
        text: say('why-snoozed-text', { times: line.times }),
      };
    case 'moved':
    case 'hours':
    case 'followed': {
      const titles = { moved: 'why-moved', hours: 'why-hours-moved', followed: 'why-followed' } as const;
      return {
        icon: line.kind === 'followed' ? 'merge' : 'calendar',
        title: say(titles[line.kind], { when: when(line.to) }),
        text: say('why-moved-text', { from: when(line.from) }),
      };
    }
    case 'held':
      return { icon: 'moon', title: say(`why-held-${line.why}`), text: say(`why-held-${line.why}-text`) };
    case 'asked-again':
      return {
        icon: 'inbox',
        title: say('why-asked-again', { times: line.times }),
        text: say('why-asked-again-text', { when: when(line.last) }),
      };
  }
}

/** `Sun 11 Oct`. */
function day(date: Temporal.PlainDate, language: string): string {
  const format = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  });
  const parts = format.formatToParts(Date.UTC(date.year, date.month - 1, date.day));
  const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? '';
  return `${capitalised(part('weekday'))} ${part('day')} ${part('month')}`;
}
