/** Leads out of a table, as a file or pasted: what would become of every row is shown before anything is stored. */
import { useRef, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { importTableAnswerSchema, TABLE_LIMIT_BYTES } from '../../../../shared/contracts/import.ts';
import type { ImportTableAnswer } from '../../../../shared/contracts/import.ts';
import { newActionId } from '../../session/actions.ts';
import { useActions } from '../../session/actions-provider.tsx';
import { postApi } from '../../session/api.ts';
import { ALL_DATA } from '../../session/keys.ts';
import { useSession } from '../../session/session-context.ts';
import { haptic } from '../../telegram/telegram.ts';
import { useClosingConfirmation } from '../../telegram/use-buttons.ts';
import { useTexts } from '../../texts/texts.ts';
import type { Say } from '../../texts/texts.ts';
import { Field } from '../../ui/field.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { refusalText } from './refusal-text.ts';

/** A table that was looked at; the rows stand for what would be stored. */
interface Preview {
  readonly name: string;
  /** Base64, as it is sent. */
  readonly file: string;
  readonly found: Found;
  /** One for this table: sent again after a lost answer it stores each lead once. */
  readonly actionId: string;
}
type Found = ImportTableAnswer & { readonly kind: 'read' };

/** What programs call a table; phones know some by type only. */
const ACCEPT = '.csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain,text/comma-separated-values';
/** Lines and columns are named up to here; a broken file may have hundreds. */
const SHOWN = 10;
const NO_TABLE = {
  empty: 'import-empty',
  no_heading: 'import-no-heading',
  broken: 'import-broken',
  too_many: 'import-too-many',
} as const;

export default function ImportSheet({ onClose }: { onClose: () => void }) {
  const { request } = useSession();
  const { tell } = useActions();
  const client = useQueryClient();
  const say = useTexts();
  const picker = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [preview, setPreview] = useState<Preview | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  useClosingConfirmation(text.trim() !== '' || preview !== null);

  /** Null: it did not work out, and the sheet says why. */
  const send = async (file: string, actionId: string, isDry: boolean): Promise<Found | null> => {
    const body = { action_id: actionId, file, dry_run: isDry };
    const outcome = await postApi(request, '/api/leads/import', { body }, importTableAnswerSchema);
    if (outcome.kind === 'done') {
      if (outcome.value.kind === 'read') return outcome.value;
      setProblem(reasonOf(outcome.value, say));
    } else if (outcome.kind === 'refused') {
      setProblem(refusalText(outcome.code, say));
    } else {
      setProblem(say(isDry ? 'import-not-read' : 'import-not-stored'));
    }
    haptic('warning');
    return null;
  };
  const look = async (table: Blob, name: string): Promise<void> => {
    setProblem(null);
    if (table.size > TABLE_LIMIT_BYTES) {
      setProblem(say('import-too-large'));
      return;
    }
    setBusy(true);
    const file = await toBase64(table);
    const actionId = newActionId();
    const found = file === null ? null : await send(file, actionId, true);
    setBusy(false);
    if (file === null) setProblem(say('import-unreadable'));
    else if (found !== null) setPreview({ name, file, found, actionId });
  };
  const store = async ({ file, actionId }: Preview): Promise<void> => {
    setBusy(true);
    setProblem(null);
    const stored = await send(file, actionId, false);
    setBusy(false);
    if (stored === null) return;
    haptic('success');
    tell(say('did-import', { count: stored.created }), 'done');
    await client.invalidateQueries({ queryKey: ALL_DATA });
    onClose();
  };

  const wrong = problem !== null && (
    <p className="group__note is-late" role="alert">
      {problem}
    </p>
  );
  if (preview !== null) {
    const { created } = preview.found;
    return (
      <Sheet title={say('import')} subtitle={preview.name} onClose={onClose}>
        <ul className="list sheet__part">
          {linesOf(preview.found, say).map((line) => (
            <li key={line} className="row row--set">
              <span className="row__main row__plain">{line}</span>
            </li>
          ))}
        </ul>
        <p className="group__note">{say('import-nothing-yet')}</p>
        {wrong}
        <div className="sheet__foot">
          {created > 0 && (
            <button
              type="button"
              className="btn btn--main"
              disabled={isBusy}
              aria-busy={isBusy}
              onClick={() => void store(preview)}
            >
              {say('import-store', { count: created })}
            </button>
          )}
          <button
            type="button"
            className="btn btn--plain"
            disabled={isBusy}
            onClick={() => {
              setPreview(null);
              setProblem(null);
            }}
          >
            {say('import-other')}
          </button>
        </div>
      </Sheet>
    );
  }
  return (
    <Sheet title={say('import')} subtitle={say('import-text')} onClose={onClose}>
      <input
        ref={picker}
        type="file"
        accept={ACCEPT}
        hidden
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          // The same file chosen again after a correction is a change, too.
          target.value = '';
          if (file !== undefined) void look(file, file.name);
        }}
      />
      <button
        type="button"
        className="btn btn--quiet"
        disabled={isBusy}
        onClick={() => picker.current?.click()}
      >
        <Icon name="download" />
        {say('import-choose')}
      </button>
      <Field
        label={say('import-paste')}
        placeholder={say('import-paste-hint')}
        value={text}
        isMultiline
        onChange={setText}
      />
      {wrong}
      <div className="sheet__foot">
        <button
          type="button"
          className="btn btn--main"
          disabled={text.trim() === '' || isBusy}
          aria-busy={isBusy}
          onClick={() => void look(new Blob([text]), say('import-pasted'))}
        >
          {say('import-look')}
        </button>
      </div>
    </Sheet>
  );
}

/** Null: the file went away or may not be read. */
async function toBase64(file: Blob): Promise<string | null> {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => {
      // A data URL; one of an empty file has nothing behind the comma.
      resolve(typeof reader.result === 'string' ? (reader.result.split(',')[1] ?? '') : null);
    };
    reader.onerror = () => {
      resolve(null);
    };
    reader.readAsDataURL(file);
  });
}

function reasonOf(answer: Exclude<ImportTableAnswer, { kind: 'read' }>, say: Say): string {
  return say(answer.kind === 'nobody' ? 'import-nobody' : NO_TABLE[answer.reason]);
}

function linesOf(found: Found, say: Say): string[] {
  const { created, alike, repeated, over_limit: overLimit, nameless, unknown } = found;
  return [
    say('import-new', { count: created }),
    ...(alike === 0 ? [] : [say('import-alike', { count: alike })]),
    ...(repeated === 0 ? [] : [say('import-repeated', { count: repeated })]),
    ...(overLimit === 0 ? [] : [say('import-over-limit', { count: overLimit })]),
    ...(nameless.length === 0 ? [] : [say('import-nameless', { lines: listed(nameless) })]),
    ...(unknown.length === 0 ? [] : [say('import-unknown-columns', { columns: listed(unknown) })]),
  ];
}

function listed(items: readonly (string | number)[]): string {
  return [...items.slice(0, SHOWN), ...(items.length > SHOWN ? ['…'] : [])].join(', ');
}
