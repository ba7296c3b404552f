/** The settings as they are, or as a change left them, in the language and on the clock they name themselves. */
import type { ChangeSettingsOutcome } from '../../../usecases/change-settings.ts';
import type { Talk } from '../../context.ts';
import { wordsFor } from '../../text/words.ts';
import type { SettingsView } from './settings-cards.ts';
import type { Sentence } from './settings-words.ts';

export function viewNow({ person, words, miniAppUrl }: Talk): SettingsView {
  return { person, words, miniAppUrl, news: [] };
}

/** @param sentence says what was changed. */
export function viewAfter(
  { user, moved }: Extract<ChangeSettingsOutcome, { kind: 'set' }>,
  sentence: Sentence,
  { texts, now, miniAppUrl }: Talk,
): SettingsView {
  const words = wordsFor(texts, user.language, user.zone, now);
  const news = [
    words.say('settings-saved', { what: sentence(user, words) }),
    ...(moved > 0 ? [words.say('zone-moved', { count: moved })] : []),
  ];
  return { person: user, words, miniAppUrl, news };
}
