/** A labelled input, with its limit said before it is passed. */
import { useId } from 'react';
import type { ReactNode } from 'react';
import { useTexts } from '../texts/texts.ts';

interface FieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** Most code points; what is longer stays in the field and is said. */
  limit?: number;
  type?: 'text' | 'email' | 'tel' | 'url' | 'search';
  isMultiline?: boolean;
  placeholder?: string;
  /** What is wrong with it, in words. */
  problem?: string | null;
  hint?: ReactNode;
  onEnter?: () => void;
  isFocused?: boolean;
}

/** How near to its limit a text is when the room left is shown. */
const NEAR = 0.8;

export function Field(props: FieldProps) {
  const {
    label,
    value,
    onChange,
    limit,
    type = 'text',
    isMultiline = false,
    placeholder,
    problem,
    hint,
  } = props;
  const say = useTexts();
  const id = useId();
  const length = Array.from(value).length;
  const tooLong =
    limit !== undefined && length > limit ? say('too-long', { over: length - limit, limit }) : null;
  const wrong = problem ?? tooLong;
  const room =
    limit !== undefined && length > limit * NEAR ? say('room-left', { left: limit - length }) : null;
  const shared = {
    id,
    className: 'field__input',
    value,
    placeholder,
    autoFocus: props.isFocused,
    'aria-invalid': wrong !== null,
    'aria-describedby': `${id}-note`,
  };
  return (
    <div className="field">
      <label className="field__label" htmlFor={id}>
        {label}
      </label>
      {isMultiline ? (
        <textarea
          {...shared}
          rows={3}
          onChange={(event) => {
            onChange(event.target.value);
          }}
        />
      ) : (
        <input
          {...shared}
          type={type}
          autoComplete="off"
          onChange={(event) => {
            onChange(event.target.value);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && wrong === null) props.onEnter?.();
          }}
        />
      )}
      <p
        className={wrong === null ? 'group__note' : 'group__note is-late'}
        id={`${id}-note`}
        aria-live="polite"
      >
        {wrong ?? room ?? hint}
      </p>
    </div>
  );
}
