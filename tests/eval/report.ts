/** The figures of an evaluation, as lines. */
import type { ModelUsage, PlannedPlan } from '../../bot/usecases/model-ports.ts';

export interface Sampled {
  readonly name: string;
  readonly origin: PlannedPlan['origin'];
  readonly steps: number;
  readonly milliseconds: number;
}

/** One line per lead, and the totals when the usage is given. */
export function reportOf(
  sampled: readonly Sampled[],
  usage?: ModelUsage,
): { readonly lines: string[]; readonly totals: string[] } {
  const lines = sampled.map(
    ({ name, origin, steps, milliseconds }) =>
      `  ${name.padEnd(32)} ${outcome(origin).padEnd(44)} ${String(steps).padStart(2)} steps ${seconds(milliseconds)}`,
  );
  return { lines, totals: usage === undefined ? [] : totals(sampled, usage) };
}

function outcome(origin: PlannedPlan['origin']): string {
  if (origin.kind === 'template') return `template: ${origin.because}`;
  const { repaired, removed, askedAgain } = origin;
  const parts = [
    repaired ? 'mended' : 'as it came',
    askedAgain > 0 ? `asked again ${askedAgain}×` : '',
    removed > 0 ? `${removed} invented removed` : '',
  ];
  return parts.filter(Boolean).join(', ');
}

function totals(sampled: readonly Sampled[], usage: ModelUsage): string[] {
  const plans = sampled.flatMap(({ origin }) => (origin.kind === 'model' ? [origin] : []));
  const share = (count: number): string => `${count} of ${sampled.length}`;
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  return [
    '',
    `valid plans        ${share(plans.length)}`,
    `at the first try   ${share(plans.filter(({ askedAgain }) => askedAgain === 0).length)}`,
    `mended             ${share(plans.filter(({ repaired }) => repaired).length)}`,
    `asked again        ${sum(plans.map(({ askedAgain }) => askedAgain))} times`,
    `invented, removed  ${sum(plans.map(({ removed }) => removed))} sentences`,
    `template instead   ${share(sampled.length - plans.length)}`,
    `time per plan      ${seconds(sum(sampled.map(({ milliseconds }) => milliseconds)) / Math.max(1, sampled.length))}`,
    `calls, tokens      ${usage.calls} calls, ${usage.inputTokens} in, ${usage.outputTokens} out`,
    `cost               ${usage.costUsd === null ? 'not known' : `$${usage.costUsd.toFixed(4)}`}`,
  ];
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
