import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSession } from '../../session/session-context.ts';
import { useWholeTexts } from '../../texts/texts.ts';
import { ruleOfQuery } from '../recurring/read-recurring.ts';
import { RepeatSheet } from '../recurring/repeat-sheet.tsx';
import { WhySheet } from '../why-now/why-sheet.tsx';
import { CancelSheet } from './cancel-sheet.tsx';
import type { Line } from './line.ts';
import { MoreSheet } from './more-sheet.tsx';
import type { FurtherKind } from './more-sheet.tsx';
import { ResumeSheet } from './resume-sheet.tsx';
import { SkipSheet } from './skip-sheet.tsx';
import { SnoozeSheet } from './snooze-sheet.tsx';

/** `more`: everything that can be done with the reminder; the others go right to one thing. */
export type SheetKind = 'more' | FurtherKind;

interface ReminderSheetProps {
  kind: SheetKind;
  line: Line;
  now: Temporal.Instant;
  onClose: () => void;
}

/** Everything that opens from a reminder, on any page, in one lazy piece: nobody needs it before the first tap. */
export default function ReminderSheet({ kind, line, now, onClose }: ReminderSheetProps) {
  useWholeTexts();
  const [shown, setShown] = useState(kind);
  const { database } = useSession();
  const isRepeat = shown === 'repeat';
  const rule = useQuery({ ...ruleOfQuery(database, line.reminder.id), enabled: isRepeat }).data ?? null;
  const shared = { line, onClose };
  switch (shown) {
    case 'more':
      return <MoreSheet {...shared} now={now} onShow={setShown} />;
    case 'repeat':
      return rule === null ? null : <RepeatSheet {...shared} rule={rule} />;
    case 'why':
      return <WhySheet {...shared} now={now} />;
    case 'snooze':
      return <SnoozeSheet {...shared} now={now} />;
    case 'skip':
      return <SkipSheet {...shared} />;
    case 'cancel':
      return <CancelSheet {...shared} />;
    case 'resume':
      return <ResumeSheet {...shared} />;
  }
}
