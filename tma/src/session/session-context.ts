import { useQuery } from '@tanstack/react-query';
import { createContext, use, useEffect, useState } from 'react';
import type { TimeSettings } from '../../../shared/rules/time-settings.ts';
import type { Session } from './open-session.ts';

/** How often words such as "2 minutes late" are looked at again, in milliseconds. */
const TICK_MS = 10_000;

export const SessionContext = createContext<Session | null>(null);

/** The session of the signed-in person. */
export function useSession(): Session {
  const session = use(SessionContext);
  if (session === null) throw new Error('useSession needs a signed-in person: render below SessionContext.');
  return session;
}

/** The query of the person's own row, so that settings made elsewhere or here are followed at once. */
export const USER_KEY = ['user'] as const;

/** The person's own hours, as the rules take them. */
export function useTimeSettings(): TimeSettings {
  const { user } = useSession();
  return {
    zone: user.zone,
    preferredHour: user.preferred_hour.slice(0, 5),
    quietFrom: user.quiet_from.slice(0, 5),
    quietTo: user.quiet_to.slice(0, 5),
    workingDays: user.working_days,
  };
}

/** Product time; renders again while it passes. `version` changes when the clock may have been set. */
export function useProductNow(version: unknown): Temporal.Instant {
  const { clock } = useSession();
  const [tick, setTick] = useState({ now: clock.now(), version });
  useEffect(() => {
    const timer = setInterval(() => {
      setTick({ now: clock.now(), version });
    }, TICK_MS);
    return () => {
      clearInterval(timer);
    };
  }, [clock, version]);
  return tick.version === version ? tick.now : clock.now();
}

/** Keeps the clock: the sandbox moves product time while nothing else changes, and coming back is when that shows. */
export function useProductClock(): void {
  const { clock, syncClock } = useSession();
  useQuery({
    queryKey: ['product-time'],
    queryFn: async () => {
      await syncClock();
      return clock.now().toString();
    },
    initialData: '',
    staleTime: Infinity,
    refetchOnWindowFocus: 'always',
  });
}
