import type { ReactNode } from 'react';
import { zoneLabel } from '../../../../shared/rules/zones.ts';
import type { LeadRow } from '../../../../shared/schemas/lead.ts';
import { useTexts } from '../../texts/texts.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { capitalised } from '../../ui/dates.ts';
import { useSession } from '../../session/session-context.ts';

/** Who it is, where they are and what time it is there. */
export function LeadHero({ lead, now, menu }: { lead: LeadRow; now: Temporal.Instant; menu: ReactNode }) {
  const { user } = useSession();
  const say = useTexts();
  const role = [lead.title, lead.company].filter((part) => part !== null && part !== '').join(', ');
  return (
    <header className="hero">
      <div className="hero__menu">{menu}</div>
      <div className="hero__ava">
        <Avatar name={lead.name} seed={lead.id} />
      </div>
      <h2 className="t-title">{lead.name}</h2>
      {role !== '' && <p>{role}</p>}
      {lead.zone !== null && (
        <p>
          {say('lead-clock', {
            zone: capitalised(zoneLabel(lead.zone, user.language)),
            when: clockOf(now, lead.zone),
          })}
        </p>
      )}
    </header>
  );
}

function clockOf(now: Temporal.Instant, zone: string): string {
  const local = now.toZonedDateTimeISO(zone);
  return `${local.hour}:${String(local.minute).padStart(2, '0')}`;
}
