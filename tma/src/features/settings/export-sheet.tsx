import { useState } from 'react';
import { exportAnswerSchema } from '../../../../shared/contracts/export.ts';
import type { ExportFormat } from '../../../../shared/contracts/export.ts';
import { useActions } from '../../session/actions-provider.tsx';
import { postApi } from '../../session/api.ts';
import { useSession } from '../../session/session-context.ts';
import { useTexts } from '../../texts/texts.ts';
import { Segmented } from '../../ui/choices.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Sheet } from '../../ui/sheet.tsx';

const FORMATS: readonly ExportFormat[] = ['csv', 'json', 'ics'];

/** All data as a file: into the chat, which works in every client, or as a download where the browser can. */
export function ExportSheet({ onClose }: { onClose: () => void }) {
  const { request } = useSession();
  const { tell } = useActions();
  const say = useTexts();
  const [way, setWay] = useState<'chat' | 'download'>('chat');
  const [busy, setBusy] = useState<ExportFormat | null>(null);

  const run = async (format: ExportFormat): Promise<void> => {
    setBusy(format);
    const isDone = way === 'chat' ? await toChat(request, format) : await download(request, format);
    setBusy(null);
    if (isDone) onClose();
    const done = way === 'chat' ? 'exported-chat' : 'exported-download';
    tell(say(isDone ? done : 'export-failed'), isDone ? 'done' : 'problem');
  };

  return (
    <Sheet title={say('export')} subtitle={say('export-text')} onClose={onClose}>
      <Segmented
        label={say('export-way')}
        value={way}
        options={[
          { value: 'chat', text: say('export-to-chat') },
          { value: 'download', text: say('export-download') },
        ]}
        onChange={setWay}
      />
      <div className="list sheet__part">
        {FORMATS.map((format) => (
          <button
            key={format}
            type="button"
            className="row pick"
            disabled={busy !== null}
            aria-busy={busy === format}
            onClick={() => void run(format)}
          >
            <Icon name="download" />
            <span className="row__main row__plain">{say(`export-${format}`)}</span>
            {busy === format && <span className="row__end">{say('one-moment')}</span>}
          </button>
        ))}
      </div>
    </Sheet>
  );
}

async function toChat(request: typeof fetch, format: ExportFormat): Promise<boolean> {
  return (await postApi(request, '/api/export', { body: { format } }, exportAnswerSchema)).kind === 'done';
}

async function download(request: typeof fetch, format: ExportFormat): Promise<boolean> {
  try {
    const response = await request('/api/export', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/octet-stream' },
      body: JSON.stringify({ format }),
    });
    if (!response.ok) return false;
    const link = document.createElement('a');
    link.href = URL.createObjectURL(await response.blob());
    link.download = `nudge.${format}`;
    link.click();
    URL.revokeObjectURL(link.href);
    return true;
  } catch {
    return false;
  }
}
