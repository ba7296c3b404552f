import type { ReactNode } from 'react';
import type { Insights } from '../../../../shared/contracts/insights.ts';
import { useSession } from '../../session/session-context.ts';
import { useTexts } from '../../texts/texts.ts';
import { Figure, TableBehind } from './figure.tsx';
import { weekFinding } from './findings.ts';

/** Sent, done, snoozed, skipped by week. @param props.children the chart itself, which comes later. */
export function WeeksFigure({ insights, children }: { insights: Insights; children: ReactNode }) {
  const { user } = useSession();
  const say = useTexts();
  const { weeks } = insights;
  const finding = weekFinding(insights);
  return (
    <Figure
      title={say(`insights-weeks-${finding.kind}`, { done: finding.done })}
      subtitle={say('insights-weeks-sub')}
    >
      {children}
      <div className="legend" aria-hidden="true">
        <Key kind="done" text={say('insights-done')} />
        <Key kind="snoozed" text={say('insights-snoozed')} />
        <Key kind="skipped" text={say('insights-skipped')} />
        <Key kind="sent" text={say('insights-sent')} />
      </div>
      <TableBehind
        caption={say('insights-weeks-sub')}
        head={['week', 'sent', 'done', 'snoozed', 'skipped'].map((name) => say(`insights-${name}`))}
        rows={weeks.map(({ week, sent, done, snoozed, skipped }) => [
          weekLabel(week, user.language),
          sent === null ? '–' : String(sent),
          String(done),
          String(snoozed),
          String(skipped),
        ])}
      />
    </Figure>
  );
}

/** A week by its Monday: `12 Oct`. */
export function weekLabel(week: string, language: string): string {
  const locale = language === 'en' ? 'en-GB' : language;
  return Temporal.PlainDate.from(week).toLocaleString(locale, { day: 'numeric', month: 'short' });
}

function Key({ kind, text }: { kind: 'done' | 'snoozed' | 'skipped' | 'sent'; text: string }) {
  return (
    <span>
      <i className={`key key--${kind}`} />
      {text}
    </span>
  );
}
