import { useEffect, useState } from 'react';

/** How long somebody rests between letters before what they typed is looked at, in milliseconds. */
const REST_MS = 400;

/** The value as it was when the person last stopped typing. */
export function useSettled<T>(value: T, isSame: (a: T, b: T) => boolean): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    if (isSame(value, settled)) return;
    const timer = setTimeout(() => {
      setSettled(value);
    }, REST_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [value, settled, isSame]);
  return settled;
}
