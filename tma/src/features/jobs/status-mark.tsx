import type { ExecutionView } from '../../../../shared/contracts/team-jobs.ts';
import { Icon } from '../../ui/icons.tsx';
import type { IconName } from '../../ui/icons.tsx';

type Status = ExecutionView['status'];

const ICONS: Readonly<Record<Status, IconName>> = {
  pending: 'clock',
  running: 'bolt',
  success: 'check',
  failed: 'alert',
  timeout: 'alert',
  cancelled: 'close',
  skipped: 'forward',
};

/** How the newest execution went, drawn; a word stands beside it. @param props.status null = it never ran. */
export function StatusMark({ status, isTrouble }: { status: Status | null; isTrouble: boolean }) {
  const tone = isTrouble ? 'late' : status === 'success' ? 'done' : 'quiet';
  const icon = status === null ? (isTrouble ? 'alert' : 'repeat') : ICONS[status];
  return (
    <span className={`job__mark job__mark--${tone}`}>
      <Icon name={icon} size="s" />
    </span>
  );
}
