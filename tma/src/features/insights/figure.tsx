import { useId } from 'react';
import type { ReactNode } from 'react';
import { useTexts } from '../../texts/texts.ts';

interface FigureProps {
  title: string;
  /** At the right of the title. */
  aside?: string;
  subtitle?: string;
  children: ReactNode;
}

/** A chart under the sentence it proves. */
export function Figure({ title, aside, subtitle, children }: FigureProps) {
  const heading = useId();
  return (
    <figure className="list fig" aria-labelledby={heading}>
      <div className="fig__head">
        <h2 className="fig__title" id={heading}>
          {title}
        </h2>
        {aside !== undefined && <span className="fig__sub">{aside}</span>}
      </div>
      {subtitle !== undefined && <p className="fig__sub">{subtitle}</p>}
      {children}
    </figure>
  );
}

interface TableBehindProps {
  caption: string;
  head: readonly string[];
  rows: readonly (readonly string[])[];
}

/** The numbers of a drawn chart, for whoever cannot see it or wants them exactly. */
export function TableBehind({ caption, head, rows }: TableBehindProps) {
  const say = useTexts();
  return (
    <details className="behind">
      <summary>{say('insights-as-table')}</summary>
      <table>
        <caption className="vh">{caption}</caption>
        <thead>
          <tr>
            {head.map((cell) => (
              <th key={cell} scope="col">
                {cell}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([first, ...cells]) => (
            <tr key={first}>
              <th scope="row">{first}</th>
              {cells.map((cell, index) => (
                <td key={head[index + 1]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

export interface Bar {
  readonly key: string;
  readonly label: string;
  readonly value: number;
  /** What the value is made of, e.g. `7 of 17`. */
  readonly detail?: string;
}

/** A table whose numbers are drawn as bars: nothing has to stand behind it. */
export function Bars({ caption, bars, max }: { caption: string; bars: readonly Bar[]; max: number }) {
  return (
    <table className="bars">
      <caption className="vh">{caption}</caption>
      <tbody>
        {bars.map(({ key, label, value, detail }) => (
          <tr key={key}>
            <th scope="row">{label}</th>
            <td className="bars__bar" aria-hidden="true">
              {value > 0 && <i style={{ width: `${(100 * value) / max}%` }} />}
            </td>
            <td className="bars__value">
              {value}
              {detail !== undefined && <span className="vh"> ({detail})</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
