/**
 * Holds a plan to what was told (product.md, system A: nothing invented). Sentences that name somebody, a number, a
 * link or an event that the input does not contain are taken out; what is left must still say something, or the planner
 * is asked again. Rules, not understanding: they err on the side of removing a claim, never on that of adding one.
 */
import type { PlanStep } from '../../../shared/schemas/plan.ts';
import type { Language } from '../../../shared/schemas/user.ts';
import { hasForeignClaim } from './facts/claims.ts';
import {
  earlierContact,
  gatherEvidence,
  type Earlier,
  type Evidence,
  type PlanFacts,
} from './facts/evidence.ts';
import { hasForeignAddress, hasForeignFigure } from './facts/figures.ts';
import { hasForeignName, marksNames } from './facts/names.ts';
import { neutralGreeting, withoutSignature } from './facts/openings.ts';
import { fillPlaceholders, hasPlaceholder } from './facts/placeholders.ts';
import {
  isMeaningfulDescription,
  isMeaningfulDraft,
  joinSentences,
  splitSentences,
} from './facts/sentences.ts';

/** What kind of thing was not told. */
export type Invention = 'placeholder' | 'address' | 'figure' | 'name' | 'claim';

/** A text that says nothing any more without what was invented in it. */
export interface UnusableText {
  readonly step_id: number;
  readonly field: 'description' | 'draft';
  readonly inventions: readonly Invention[];
}

export interface FactCheck {
  readonly steps: PlanStep[];
  /** Sentences, greetings and signatures that were taken out or replaced. */
  readonly removed: number;
  /** Still whole in `steps`: the caller asks again, or gives the plan up. */
  readonly unusable: readonly UnusableText[];
}

/**
 * Takes out what the facts do not bear out.
 * @param languages of descriptions and of drafts, BCP 47.
 */
export function keepToFacts(
  steps: readonly PlanStep[],
  facts: PlanFacts,
  languages: { readonly descriptions: Language; readonly drafts: string },
): FactCheck {
  const evidence = gatherEvidence(facts);
  const unusable: UnusableText[] = [];
  let removed = 0;
  const checked = steps.map((step, index): PlanStep => {
    const earlier = earlierContact(steps, index);
    const clean = (text: string, field: 'description' | 'draft'): string => {
      const language = field === 'draft' ? languages.drafts : languages.descriptions;
      const cleaned = cleanText(text, { field, language, evidence, earlier });
      const isLeft =
        field === 'draft' ? isMeaningfulDraft(cleaned.text) : isMeaningfulDescription(cleaned.text);
      if (cleaned.inventions.length === 0) return cleaned.text;
      if (!isLeft) {
        unusable.push({ step_id: step.step_id, field, inventions: [...new Set(cleaned.inventions)] });
        return text;
      }
      removed += cleaned.inventions.length;
      return cleaned.text;
    };
    return {
      ...step,
      description: clean(step.description, 'description'),
      suggested_text: step.suggested_text === null ? null : clean(step.suggested_text, 'draft'),
    };
  });
  return { steps: checked, removed, unusable };
}

interface TextPlace {
  readonly field: 'description' | 'draft';
  readonly language: string;
  readonly evidence: Evidence;
  readonly earlier: Earlier;
}

function cleanText(
  text: string,
  place: TextPlace,
): { readonly text: string; readonly inventions: Invention[] } {
  const { evidence, field } = place;
  const filled = fillPlaceholders(text, evidence.facts.lead);
  const inventions: Invention[] = [];
  let body = filled;
  if (field === 'draft') {
    const named = marksNames(place.language);
    const greeted = neutralGreeting(body, evidence);
    const unsigned = withoutSignature(greeted.text, evidence);
    if (greeted.replaced) inventions.push('name');
    if (unsigned.removed) inventions.push(named ? 'name' : 'placeholder');
    body = unsigned.text;
  }
  const sentences = splitSentences(body);
  const kept = sentences.filter((sentence) => {
    const invention = inventionIn(sentence, place);
    if (invention !== null) inventions.push(invention);
    return invention === null;
  });
  return { text: inventions.length === 0 ? filled : joinSentences(kept), inventions };
}

/** What a sentence claims without having been told, null when it is honest. */
export function inventionIn(sentence: string, place: TextPlace): Invention | null {
  const { evidence, field, earlier, language } = place;
  if (hasPlaceholder(sentence)) return 'placeholder';
  if (hasForeignAddress(sentence, evidence)) return 'address';
  if (hasForeignFigure(sentence, evidence)) return 'figure';
  if (hasForeignClaim(sentence, field, evidence, earlier)) return 'claim';
  return marksNames(language) && hasForeignName(sentence, evidence) ? 'name' : null;
}
