import type { ReactNode } from 'react';
import { Icon } from '../../ui/icons.tsx';

interface SettingRowProps {
  label: string;
  value?: ReactNode;
  isDanger?: boolean;
  onClick: () => void;
}

/** A setting with its value at the right; a tap opens the way to change it. */
export function SettingRow({ label, value, isDanger = false, onClick }: SettingRowProps) {
  return (
    <button type="button" className="row row--set" aria-haspopup="dialog" onClick={onClick}>
      <span className={isDanger ? 'row__main row__plain is-late' : 'row__main row__plain'}>{label}</span>
      {value !== undefined && <span className="row__end">{value}</span>}
      <span className="chev">
        <Icon name="right" size="s" />
      </span>
    </button>
  );
}
