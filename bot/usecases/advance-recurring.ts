/** The sweep of repeating reminders: what should be there and is not is made. Done twice at once, it is made once. */
import { advance, type Advance } from '../domain/recurring/advance.ts';
import type { AdvancedRule, RecurringSweepStore, RuleToAdvance } from './recurring-ports.ts';

/** Rules looked at in one call; more wait for the next. */
const RULES_AT_ONCE = 500;
/** A sweep ends after so many calls: what is left waits for the next one. */
const MOST_CALLS = 20;

export interface SweptRules {
  /** Reminders made. */
  readonly made: number;
  /** Rules that cannot be expanded: they end. */
  readonly broken: readonly number[];
}

/** @throws what the store throws when the database cannot be asked. */
export async function advanceRecurring(store: RecurringSweepStore): Promise<SweptRules> {
  let made = 0;
  const broken: number[] = [];
  for (let call = 0; call < MOST_CALLS; call += 1) {
    const rules = await store.toAdvance(RULES_AT_ONCE);
    if (rules.length === 0) break;
    made += await store.advance(rules.map((rule) => worked(rule, broken)));
    if (rules.length < RULES_AT_ONCE) break;
  }
  return { made, broken };
}

function worked(rule: RuleToAdvance, broken: number[]): AdvancedRule {
  const { id, rev, zone } = rule;
  const { slotOn, nextOn } = rule.isLeadGone ? OVER : expand(rule, broken);
  return { id, rev, zone, slotOn: slotOn?.toString() ?? null, nextOn: nextOn?.toString() ?? null };
}

const OVER: Advance = { slotOn: null, nextOn: null };

/** Anybody's rule may be one that never occurs; it must not stop the others. */
function expand(rule: RuleToAdvance, broken: number[]): Advance {
  try {
    return advance(rule, rule.now);
  } catch {
    broken.push(rule.id);
    return OVER;
  }
}
