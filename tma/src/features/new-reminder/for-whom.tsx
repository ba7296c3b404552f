import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { leadRowSchema } from '../../../../shared/schemas/lead.ts';
import { dataKey } from '../../session/keys.ts';
import { readRows } from '../../session/outcome.ts';
import { useSession } from '../../session/session-context.ts';
import { useTexts } from '../../texts/texts.ts';

const leadChoiceSchema = leadRowSchema.pick({ id: true, name: true, company: true });
/** As many leads as a person may have. */
const MOST_LEADS = 500;

/** The lead a reminder is for, or oneself. Closed leads are left out: what is set for them would never arrive. */
export function ForWhom({
  leadId,
  onChange,
}: {
  leadId: number | null;
  onChange: (leadId: number | null) => void;
}) {
  const { database } = useSession();
  const say = useTexts();
  const id = useId();
  const leads = useQuery({
    queryKey: dataKey('lead-choices'),
    queryFn: async () => {
      const result = await database
        .from('leads')
        .select('id,name,company')
        .is('deleted_at', null)
        .not('status', 'in', '(closed_won,closed_lost)')
        .order('name')
        .limit(MOST_LEADS);
      return readRows('leads', result, leadChoiceSchema);
    },
    staleTime: 60_000,
  });
  const isGone = leadId !== null && leads.data?.some((lead) => lead.id === leadId) === false;
  return (
    <section className="group">
      <div className="list">
        <label className="row row--set" htmlFor={id}>
          <span className="row__main row__plain">{say('new-for')}</span>
          <select
            id={id}
            className="new__lead"
            value={isGone || leadId === null ? '' : leadId}
            onChange={(event) => {
              onChange(event.target.value === '' ? null : Number(event.target.value));
            }}
          >
            <option value="">{say('new-for-me')}</option>
            {leads.data?.map(({ id: value, name, company }) => (
              <option key={value} value={value}>
                {company === null ? name : `${name} · ${company}`}
              </option>
            ))}
          </select>
        </label>
      </div>
      {isGone && (
        <p className="group__note is-late" role="alert">
          {say('new-lead-gone')}
        </p>
      )}
    </section>
  );
}
