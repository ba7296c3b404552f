import { useQuery } from '@tanstack/react-query';
import { duplicateLeadsSchema } from '../../../../shared/contracts/leads.ts';
import type { NewLead } from '../../../../shared/schemas/lead.ts';
import { dataKey } from '../../session/keys.ts';
import { ReadError, readOutcome } from '../../session/outcome.ts';
import { useSession } from '../../session/session-context.ts';
import { useTexts } from '../../texts/texts.ts';
import { Icon } from '../../ui/icons.tsx';

interface DuplicateNoticeProps {
  /** What would be stored. */
  lead: NewLead;
  /** The lead that is being edited itself; null = a new one. */
  exceptId: number | null;
  onOpen: ((id: number) => void) | null;
}

/** Says who is there already with the same address, number or name, with a way to open them. Stands in nobody's way. */
export function DuplicateNotice({ lead, exceptId, onOpen }: DuplicateNoticeProps) {
  const { database, user } = useSession();
  const say = useTexts();
  const parameters = {
    p_contacts: lead.contacts,
    p_name: lead.name,
    p_company: lead.company,
    p_except: exceptId,
  };
  const query = useQuery({
    queryKey: dataKey('duplicates', JSON.stringify(parameters)),
    queryFn: async () => {
      const result = await database.rpc('find_duplicate_leads', parameters);
      const outcome = readOutcome(result, duplicateLeadsSchema);
      if (outcome.kind === 'done') return outcome.value;
      throw new ReadError('duplicates', result.status);
    },
    placeholderData: (previous) => previous,
  });
  const [first] = query.data ?? [];
  if (first === undefined) return null;
  const same = first.same.map((one) => say('same', { type: one }));
  const what = new Intl.ListFormat(user.language, { type: 'conjunction' }).format(same);
  return (
    <div className="notice notice--warn" role="status">
      <Icon name="people" />
      <div className="notice__body">
        <b>{say('duplicate-title', { name: first.name })}</b>
        <p className="dim">{say('duplicate-text', { what })}</p>
        {onOpen !== null && (
          <div className="notice__act">
            <button
              type="button"
              onClick={() => {
                onOpen(first.lead_id);
              }}
            >
              {say('duplicate-open')}
            </button>
          </div>
        )}
      </div>
    </div>
  );
}
