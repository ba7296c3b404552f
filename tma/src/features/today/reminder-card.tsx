import { Suspense, useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { formatLateness, formatWhen } from '../../../../shared/rules/words.ts';
import { useSession } from '../../session/session-context.ts';
import { useTexts } from '../../texts/texts.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { capitalised } from '../../ui/dates.ts';
import { whenIdle } from '../../ui/idle.ts';
import { piece } from '../../ui/piece.ts';
import { ActionIcon } from '../reminder/action-icon.tsx';
import type { Line } from '../reminder/line.ts';
import { DraftQuote } from '../reminder/draft-quote.tsx';
import type { SheetKind } from '../reminder/reminder-sheet.tsx';
import { nameOf } from '../reminder/line.ts';
import type { RowSlot } from './row-slot.ts';
import type { Act } from '../reminder/use-reminder-actions.ts';

const ReminderSheet = piece(() => import('../reminder/reminder-sheet.tsx'));

/** What the person does when they look elsewhere. */
const LEAVING = ['pointerdown', 'wheel', 'touchmove', 'keydown'] as const;

/**
 * Brings an element into view and back into it when something comes above it later (a notice, the rows of a long list),
 * until the person goes on by themselves.
 * @returns a function that ends it.
 */
function keepInView(element: RefObject<HTMLElement | null>): () => void {
  const observer = new ResizeObserver(() => element.current?.scrollIntoView({ block: 'nearest' }));
  observer.observe(document.body);
  const end = (): void => {
    observer.disconnect();
    for (const type of LEAVING) removeEventListener(type, end);
  };
  for (const type of LEAVING) addEventListener(type, end, { passive: true });
  return end;
}

interface ReminderCardProps {
  line: Line;
  now: Temporal.Instant;
  isFolding: boolean;
  /** A link or a tap led here: bring it into view. */
  isWanted: boolean;
  slot: RowSlot | undefined;
  onAct: Act;
}

/** The open reminder: what to do, the draft, and every way to be done with it. */
export function ReminderCard({ line, now, isFolding, isWanted, slot, onAct }: ReminderCardProps) {
  const { user } = useSession();
  const say = useTexts();
  const element = useRef<HTMLLIElement>(null);
  const [sheet, setSheet] = useState<SheetKind | null>(null);
  const { zone, language } = user;
  const lateness = line.isWaiting === true ? null : formatLateness(line.wanted, now, zone, language);
  const when = formatWhen(line.wanted, now, zone, language, { withWeekday: true });
  const name = nameOf(line, say('own-reminder'));

  useEffect(() => {
    // Here before it is asked for, so that a tap is answered at once. A failure is met again by that tap.
    return whenIdle(() => {
      ReminderSheet.load().catch(() => undefined);
    });
  }, []);
  useEffect(() => (isWanted ? keepInView(element) : undefined), [isWanted]);

  return (
    <li
      {...slot}
      ref={(item) => {
        element.current = item;
        slot?.ref(item);
      }}
      className={isFolding ? 'fold fold--away' : 'fold'}
    >
      <article className="card" aria-label={name}>
        <div className="card__top">
          <Avatar name={name} seed={line.reminder.lead_id ?? 0} />
          <div className="card__who">
            <p className="row__l1">
              {name} <span>{line.lead?.company}</span>
            </p>
            <p className="card__when">
              <ActionIcon type={line.actionType} size="xs" />
              {lateness === null ? (
                <span>{line.isWaiting === true ? say('waits-for-them', { when }) : capitalised(when)}</span>
              ) : (
                <span>
                  <b>{capitalised(lateness)}</b> · {say('was', { when })}
                </span>
              )}
            </p>
          </div>
        </div>
        {line.lead !== null && <h3 className="card__step">{line.reminder.title}</h3>}
        {line.reminder.draft_text !== null && <DraftQuote text={line.reminder.draft_text} />}
        {line.isWaiting === true && (
          <button
            type="button"
            className="btn btn--quiet card__act"
            aria-haspopup="dialog"
            onClick={() => {
              setSheet('resume');
            }}
          >
            {say('go-on')}
          </button>
        )}
        <button
          type="button"
          className="btn btn--main card__act"
          onClick={() => {
            onAct(line, { kind: 'complete' });
          }}
        >
          {say('done')}
        </button>
        <div className="btnrow card__more">
          <button
            type="button"
            className="btn btn--plain"
            aria-haspopup="dialog"
            onClick={() => {
              setSheet('snooze');
            }}
          >
            {say('snooze')}
          </button>
          <button
            type="button"
            className="btn btn--plain"
            aria-haspopup="dialog"
            onClick={() => {
              setSheet('why');
            }}
          >
            {say('why-now')}
          </button>
          <button
            type="button"
            className="btn btn--plain"
            aria-haspopup="dialog"
            onClick={() => {
              setSheet('more');
            }}
          >
            {say('more')}
          </button>
        </div>
      </article>
      {sheet !== null && (
        <Suspense>
          <ReminderSheet
            kind={sheet}
            line={line}
            now={now}
            onClose={() => {
              setSheet(null);
            }}
          />
        </Suspense>
      )}
    </li>
  );
}
