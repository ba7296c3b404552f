import { useQuery } from '@tanstack/react-query';
import { aboutSchema } from '../../../shared/contracts/about.ts';
import { useTexts } from '../texts/texts.ts';
import { Message } from '../ui/message.tsx';

/** Opened in a plain browser: nobody is signed in and nobody can be. Says so and leads to the bot. */
export function OutsideTelegram() {
  const say = useTexts();
  const about = useQuery({
    queryKey: ['about'],
    queryFn: async () => aboutSchema.parse(await (await fetch('/api/about')).json()),
  });
  return (
    <main className="page page--message">
      <Message art="path" title={say('outside-title')} text={say('outside-text')}>
        {about.data?.bot_url != null && (
          <a className="btn btn--main" href={about.data.bot_url}>
            {say('outside-action')}
          </a>
        )}
      </Message>
    </main>
  );
}
