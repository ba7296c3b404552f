import { useTexts } from '../../texts/texts.ts';
import { Page } from '../../ui/page.tsx';

/** @param props.leadId the lead it is for; null = not chosen yet. */
export default function NewReminderPage({ leadId }: { leadId: number | null }) {
  const say = useTexts();
  return (
    <Page title={say('new-reminder')} backTo="/">
      {leadId}
    </Page>
  );
}
