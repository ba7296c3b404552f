import { useTexts } from '../../texts/texts.ts';
import { Page } from '../../ui/page.tsx';

export default function SimulatorPage({ planId }: { planId: number }) {
  const say = useTexts();
  return (
    <Page title={say('plan')} backTo="/leads">
      {planId}
    </Page>
  );
}
