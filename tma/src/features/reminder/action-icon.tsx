import type { ActionType } from '../../../../shared/schemas/plan.ts';
import { useTexts } from '../../texts/texts.ts';
import { Icon } from '../../ui/icons.tsx';
import type { IconName } from '../../ui/icons.tsx';

const ICONS: Readonly<Record<ActionType, IconName>> = {
  linkedin_like: 'linkedin',
  linkedin_comment: 'linkedin',
  linkedin_connect: 'linkedin',
  linkedin_dm: 'linkedin',
  email_outreach: 'mail',
  call: 'phone',
  mutual_intro: 'people',
  followup_message: 'chat',
  meeting_request: 'calendar',
  other: 'today',
};

/** The channel of a step, drawn and said. */
export function ActionIcon({ type, size }: { type: ActionType; size: 's' | 'xs' }) {
  const say = useTexts();
  return (
    <span className="channel">
      <Icon name={ICONS[type]} size={size} />
      <span className="vh">{say('action-type', { type })}</span>
    </span>
  );
}
