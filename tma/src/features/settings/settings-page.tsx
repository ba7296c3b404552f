import { useTexts } from '../../texts/texts.ts';
import { Page } from '../../ui/page.tsx';

export default function SettingsPage() {
  const say = useTexts();
  return <Page title={say('settings')}>{null}</Page>;
}
