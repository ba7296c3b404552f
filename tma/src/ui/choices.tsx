/** Ways to choose: a segmented control, a switch. */

interface SegmentedProps<T extends string> {
  label: string;
  value: T;
  options: readonly { readonly value: T; readonly text: string }[];
  onChange: (value: T) => void;
}

export function Segmented<T extends string>({ label, value, options, onChange }: SegmentedProps<T>) {
  return (
    <div className="seg" role="group" aria-label={label}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          className={option.value === value ? 'seg__on' : undefined}
          aria-pressed={option.value === value}
          onClick={() => {
            onChange(option.value);
          }}
        >
          {option.text}
        </button>
      ))}
    </div>
  );
}

interface SwitchRowProps {
  label: string;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
}

/** A row that is on or off; the whole row can be tapped. */
export function SwitchRow({ label, isOn, onChange }: SwitchRowProps) {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={isOn}
      className="row row--set"
      onClick={() => {
        onChange(!isOn);
      }}
    >
      <span className="row__main row__plain">{label}</span>
      <span className={isOn ? 'switch switch--on' : 'switch'} aria-hidden="true" />
    </button>
  );
}
