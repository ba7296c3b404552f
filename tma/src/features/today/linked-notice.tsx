import { isOpen } from '../../../../shared/rules/reminder-states.ts';
import type { ReminderRow } from '../../../../shared/schemas/reminder.ts';
import { useTexts } from '../../texts/texts.ts';
import { Icon } from '../../ui/icons.tsx';
import { Notice } from '../../ui/message.tsx';

/** A link led to a reminder that is over or gone: says so instead of showing just any list. */
export function LinkedNotice({ reminder }: { reminder: ReminderRow | null }) {
  const say = useTexts();
  if (reminder !== null && isOpen(reminder.status)) return null;
  const icon = <Icon name="alert" />;
  if (reminder === null) return <Notice icon={icon} title={say('gone-title')} text={say('gone-text')} />;
  const name = reminder.title ?? say('own-reminder');
  return (
    <Notice icon={icon} title={say('from-the-link')} text={say(`linked-${reminder.status}`, { name })} />
  );
}
