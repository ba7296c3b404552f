/** What dispatch promises under faults, held against the report of a run. */
import type { FaultReport } from './run.ts';

/** Messages a second that Telegram takes from a bot. */
const TELEGRAMS_LIMIT = 30;

/** @returns a sentence for each promise that did not hold. */
export function brokenPromises(report: FaultReport, rate: number): string[] {
  const broken: string[] = [];
  const promise = (holds: boolean, sentence: string): void => {
    if (!holds) broken.push(sentence);
  };
  const none = (count: number, sentence: string): void => promise(count === 0, `${count} ${sentence}`);
  none(report.lost, 'rows were lost');
  none(report.sentInNameOnly, 'rows are called sent and never reached Telegram');
  none(report.sentAgainWithoutDoubt, 'messages came twice without an attempt in doubt');
  none(report.claimedAfterAct, 'rows were claimed after their person had finished or moved them');
  none(report.actsUndone, 'acts of people were undone');
  none(report.openAfterStop, 'rows were still in somebody’s hands after every worker had stopped');
  none(report.ownEnds.length, `workers ended by themselves: ${report.ownEnds.join(' | ')}`);
  promise(
    report.exitCodes.every((code) => code === 0 || code === null),
    `exit codes after SIGTERM were ${report.exitCodes.join(', ')}`,
  );
  promise(report.slotsPerSecond <= rate, `${report.slotsPerSecond} slots started within a second`);
  promise(
    report.requestsPerSecond <= TELEGRAMS_LIMIT,
    `${report.requestsPerSecond} requests reached Telegram within a second`,
  );
  return broken;
}
