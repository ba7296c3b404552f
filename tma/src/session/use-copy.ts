import { useTexts } from '../texts/texts.ts';
import { useActions } from './actions-provider.tsx';

/** Copies a text and says so; answers false where the client does not allow it, which is said too. */
export function useCopy(): (text: string) => Promise<boolean> {
  const { tell } = useActions();
  const say = useTexts();
  return async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      tell(say('copied'), 'done');
      return true;
    } catch {
      tell(say('copy-failed'), 'problem');
      return false;
    }
  };
}
