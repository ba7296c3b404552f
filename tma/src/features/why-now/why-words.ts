/** The lines of a trace in the person's words, with their icons. */
import type { WhyLine } from '../../../../shared/rules/why-now.ts';
import { whyWords } from '../../../../shared/rules/why-words.ts';
import type { WhyVoice, WhyWords } from '../../../../shared/rules/why-words.ts';
import type { IconName } from '../../ui/icons.tsx';

const ICONS: Readonly<Record<WhyLine['kind'], IconName>> = {
  plan: 'bolt',
  own: 'edit',
  trigger: 'forward',
  day: 'calendar',
  'usual-hour': 'clock',
  picked: 'clock',
  snoozed: 'sunset',
  moved: 'calendar',
  hours: 'calendar',
  followed: 'merge',
  held: 'moon',
  'asked-again': 'inbox',
};

/** One line as its title and the sentence below it. */
export function wordsOf(line: WhyLine, voice: WhyVoice): WhyWords & { readonly icon: IconName } {
  return { icon: ICONS[line.kind], ...whyWords(line, voice) };
}
