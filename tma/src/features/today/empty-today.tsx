import { formatWhen } from '../../../../shared/rules/words.ts';
import { useSession } from '../../session/session-context.ts';
import { close } from '../../telegram/telegram.ts';
import { useTexts } from '../../texts/texts.ts';
import { Icon } from '../../ui/icons.tsx';
import { Message } from '../../ui/message.tsx';
import type { Line } from '../reminder/line.ts';

/** Nobody told yet: what to do first. Leads are told to the bot, so every way leads back to its chat. */
export function FirstRun() {
  const say = useTexts();
  return (
    <>
      <Message art="path" title={say('first-title')} text={say('first-text')}>
        <button type="button" className="btn btn--main" onClick={close}>
          {say('first-action')}
        </button>
      </Message>
      <section className="group">
        <h2 className="group__title">{say('first-or')}</h2>
        <div className="list">
          <button type="button" className="row row--set" onClick={close}>
            <span className="is-accent">
              <Icon name="chat" />
            </span>
            <span className="row__main row__plain">{say('first-forward')}</span>
            <span className="chev">
              <Icon name="right" size="s" />
            </span>
          </button>
        </div>
      </section>
    </>
  );
}

interface AllClearProps {
  doneToday: number;
  next: Line | null;
  now: Temporal.Instant;
}

/** Nothing late, nothing today: what was done, and when it goes on. */
export function AllClear({ doneToday, next, now }: AllClearProps) {
  const { user } = useSession();
  const say = useTexts();
  const sentences = [
    ...(doneToday > 0 ? [say('clear-done', { done: doneToday })] : []),
    next === null
      ? say('clear-none')
      : say('clear-next', {
          when: formatWhen(next.wanted, now, user.zone, user.language, { withWeekday: true }),
        }),
  ];
  const title = say(doneToday > 0 ? 'clear-title' : 'clear-title-quiet');
  return <Message art="sunrise" title={title} text={sentences.join(' ')} />;
}
