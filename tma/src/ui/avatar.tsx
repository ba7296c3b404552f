/** Initials on one of seven colours; the same lead always gets the same one. */
const COLOURS = 7;

export function Avatar({ name, seed }: { name: string; seed: number }) {
  return (
    <span className={`ava ava--${(seed % COLOURS) + 1}`} aria-hidden="true">
      {initials(name)}
    </span>
  );
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  const last = words.length > 1 ? words.at(-1) : undefined;
  return `${firstLetter(words[0])}${firstLetter(last)}`.toUpperCase();
}

/** By code points: half of a letter outside the basic plane would be drawn as a box. */
function firstLetter(word: string | undefined): string {
  const code = word?.codePointAt(0);
  return code === undefined ? '' : String.fromCodePoint(code);
}
