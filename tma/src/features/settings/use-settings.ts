/** Changing one's settings: shown at once, saved, and what it moved is said. */
import { useQueryClient } from '@tanstack/react-query';
import type { SettingsAnswer } from '../../../../shared/contracts/actions.ts';
import { settingsChangeSchema } from '../../../../shared/schemas/user.ts';
import type { SettingsChange, UserRow } from '../../../../shared/schemas/user.ts';
import { updateSettings } from '../../session/actions.ts';
import { useActions } from '../../session/actions-provider.tsx';
import { USER_KEY, useSession } from '../../session/session-context.ts';
import { useTexts } from '../../texts/texts.ts';

/** @returns saves a change; `text` is what the toast says of it, by default that it was saved. */
export function useSettingsChange(): (change: SettingsChange, text?: string) => void {
  const { database, user } = useSession();
  const { perform } = useActions();
  const client = useQueryClient();
  const say = useTexts();
  const show = (row: UserRow): void => {
    client.setQueryData(USER_KEY, row);
  };
  return (change, text = say('settings-saved')) => {
    void perform<SettingsAnswer>({
      call: (actionId) => updateSettings(database, actionId, change),
      said: (answer) =>
        answer === null || answer.moved === 0
          ? text
          : say('settings-moved', { what: text, count: answer.moved }),
      optimistic: () => {
        show(Object.assign({}, user, change));
        return () => {
          show(user);
        };
      },
      undo: async (actionId) => {
        const outcome = await updateSettings(database, `${actionId}:undo`, before(change, user));
        if (outcome.kind !== 'done') return outcome;
        show(outcome.value.user);
        return { kind: 'done', value: {} };
      },
      onDone: (answer) => {
        show(answer.user);
      },
    });
  };
}

/** What the change replaced: set back, the same rule moves the steps back to where they stood. */
function before(change: SettingsChange, user: UserRow): SettingsChange {
  const kept = Object.entries(user)
    .filter(([key, value]) => key in change && (value !== null || key === 'paused_until'))
    .map(([key, value]) => [key, CLOCKS.has(key) ? String(value).slice(0, 5) : value]);
  return settingsChangeSchema.parse(Object.fromEntries(kept));
}

/** The database writes times of day with seconds. */
const CLOCKS: ReadonlySet<string> = new Set(['preferred_hour', 'quiet_from', 'quiet_to', 'digest_at']);
