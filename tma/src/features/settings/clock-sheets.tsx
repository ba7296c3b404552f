/** One or two times of day, in the system's own picker. */
import { useState } from 'react';
import { useTexts } from '../../texts/texts.ts';
import { Sheet } from '../../ui/sheet.tsx';

interface ClockSheetProps {
  title: string;
  note: string;
  fields: readonly { readonly label: string; readonly value: string }[];
  /** Says what is wrong with these times, or null. */
  check?: (values: readonly string[]) => string | null;
  /** A further button, such as "No quiet hours". */
  other?: { readonly text: string; readonly run: () => void };
  onSave: (values: readonly string[]) => void;
  onClose: () => void;
}

export function ClockSheet({ title, note, fields, check, other, onSave, onClose }: ClockSheetProps) {
  const say = useTexts();
  const [values, setValues] = useState(fields.map(({ value }) => value.slice(0, 5)));
  const problem = values.includes('') ? say('time-missing') : (check?.(values) ?? null);
  return (
    <Sheet title={title} onClose={onClose}>
      <div className="list">
        {fields.map(({ label }, index) => (
          <label key={label} className="row row--set">
            <span className="row__main row__plain">{label}</span>
            <input
              type="time"
              className="clock"
              value={values[index]}
              aria-invalid={problem !== null}
              onChange={(event) => {
                setValues(values.with(index, event.target.value));
              }}
            />
          </label>
        ))}
      </div>
      <p className={problem === null ? 'group__note' : 'group__note is-late'} aria-live="polite">
        {problem ?? note}
      </p>
      <div className="sheet__foot">
        <button
          type="button"
          className="btn btn--main"
          disabled={problem !== null}
          onClick={() => {
            onClose();
            onSave(values);
          }}
        >
          {say('save')}
        </button>
        {other !== undefined && (
          <button
            type="button"
            className="btn btn--plain"
            onClick={() => {
              onClose();
              other.run();
            }}
          >
            {other.text}
          </button>
        )}
      </div>
    </Sheet>
  );
}
