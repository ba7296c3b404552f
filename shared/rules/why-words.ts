/** A line of the trace behind "Why now?" in a person's words: the same in the chat and in the mini-app. */
import type { WhyLine } from './why-now.ts';
import { formatWhen } from './words.ts';
import { zoneLabel } from './zones.ts';

export interface WhyVoice {
  /** Says `why-…` of a catalogue; both catalogues hold the same words for them. */
  readonly say: (id: string, args?: Readonly<Record<string, string | number>>) => string;
  readonly now: Temporal.Instant;
  readonly zone: string;
  readonly language: string;
}

/** What happened, and below it the sentence that explains it. Neither ends in a full stop. */
export interface WhyWords {
  readonly title: string;
  readonly text: string;
}

/** One line of `whyNow`. */
export function whyWords(line: WhyLine, { say, now, zone, language }: WhyVoice): WhyWords {
  const when = (at: Temporal.Instant): string => formatWhen(at, now, zone, language, { withWeekday: true });
  const clock = (at: Temporal.Instant): string => clockOf(at, zone);
  switch (line.kind) {
    case 'plan':
      return {
        title: say('why-plan', { days: line.delayDays }),
        text: say('why-plan-text', { step: line.stepId, start: when(line.start) }),
      };
    case 'own':
      return { title: say('why-own'), text: say('why-own-text', { when: when(line.at) }) };
    case 'trigger':
      return {
        title: say('why-trigger'),
        text: say('why-trigger-text', { by: line.by, when: when(line.at) }),
      };
    case 'day':
      return {
        title: say('why-day', { from: day(line.from, language), to: day(line.to, language) }),
        text: say('why-day-text'),
      };
    case 'usual-hour':
      return {
        title: say('why-usual-hour', { clock: clock(line.at) }),
        text: say('why-usual-hour-text', { zone: capitalised(zoneLabel(zone, language)) }),
      };
    case 'picked':
      return {
        title: say('why-picked', { clock: clock(line.at) }),
        text: say(line.isQuiet ? 'why-picked-quiet' : 'why-picked-text'),
      };
    case 'snoozed':
      return {
        title: say('why-snoozed', { when: when(line.to) }),
        text: say('why-snoozed-text', { times: line.times }),
      };
    case 'moved':
    case 'hours':
    case 'followed': {
      const titles = { moved: 'why-moved', hours: 'why-hours-moved', followed: 'why-followed' } as const;
      return {
        title: say(titles[line.kind], { when: when(line.to) }),
        text: say('why-moved-text', { from: when(line.from) }),
      };
    }
    case 'held':
      return { title: say(`why-held-${line.why}`), text: say(`why-held-${line.why}-text`) };
    case 'asked-again':
      return {
        title: say('why-asked-again', { times: line.times }),
        text: say('why-asked-again-text', { when: when(line.last) }),
      };
  }
}

/** `9:30`. */
function clockOf(at: Temporal.Instant, zone: string): string {
  const { hour, minute } = at.toZonedDateTimeISO(zone);
  return `${hour}:${String(minute).padStart(2, '0')}`;
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

function capitalised(text: string): string {
  const [first = '', ...rest] = text;
  return first.toUpperCase() + rest.join('');
}
