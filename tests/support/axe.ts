/** axe in a real page. Its script is put in by the test's own hand, because the page's policy refuses foreign ones. */
import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** Colours in the middle of an animation are nobody's; one that repeats (a skeleton) is not waited for. */
const RUN = `(async () => {
  const ending = document.getAnimations().filter((it) => it.effect.getComputedTiming().endTime < 1000);
  await Promise.all(ending.map((it) => it.finished.catch(() => undefined)));
  return axe.run({ resultTypes: ['violations'] });
})()`;

interface AxeResults {
  readonly violations: readonly {
    readonly id: string;
    readonly help: string;
    readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[];
  }[];
}

/** What axe finds wrong with the page as it is now: one line each, empty when nothing. */
export async function findProblems(page: Page): Promise<string[]> {
  // evaluate is not bound by the page's policy, where a script element would be.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<AxeResults>(RUN);
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help} (${target.join(' ')}) ${failureSummary ?? ''}`),
  );
}
