/** Changing one's settings: shown at once, saved, and what it moved is said. */
import { useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
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
  /** What is still on its way: an answer knows nothing of later taps. */
  const waiting = useRef<readonly SettingsChange[]>([]);
  const lastCall = useRef<Promise<unknown>>(Promise.resolve());
  const show = (row: UserRow): void => {
    client.setQueryData(USER_KEY, Object.assign({}, row, ...waiting.current));
  };
  return (change, text = say('settings-saved')) => {
    const showWithout = (row: UserRow): void => {
      waiting.current = waiting.current.filter((other) => other !== change);
      show(row);
    };
    void perform<SettingsAnswer>({
      // In the order of the taps: the last one is to be what is stored.
      async call(actionId) {
        const turn = lastCall.current.then(() => updateSettings(database, actionId, change));
        lastCall.current = turn.catch(() => undefined);
        return turn;
      },
      said: (answer) =>
        answer === null || answer.moved === 0
          ? text
          : say('settings-moved', { what: text, count: answer.moved }),
      optimistic: () => {
        waiting.current = [...waiting.current, change];
        show(user);
        return () => {
          showWithout(user);
        };
      },
      undo: async (actionId) => {
        const outcome = await updateSettings(database, `${actionId}:undo`, before(change, user));
        if (outcome.kind !== 'done') return outcome;
        show(outcome.value.user);
        return { kind: 'done', value: {} };
      },
      onDone: (answer) => {
        showWithout(answer.user);
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
