/** What dispatch promises under faults, held against the report of a run. */
import type { FaultReport } from './run.ts';

/** Messages a second that Telegram takes from a bot. */
const TELEGRAMS_LIMIT = 30;
/** Messages beyond the rate that may fall into one second, because a start is a little late. */
const CROWDING = 2;
/** A run that killed next to nobody who held anything has tried next to nothing. */
const LEAST_SHARE_OF_OPEN_KILLS = 0.3;
/** Fewer kills than this say nothing about a share. */
const KILLS_FOR_A_SHARE = 10;

/** Telegram's clock, when it gets to a message later than this, counts its own delays. Milliseconds. */
const WITNESS_ON_TIME_MS = 100;

/**
 * @param isBusy the machine does other things besides: a second may hold as many messages as Telegram takes.
 * @returns a sentence for each promise that did not hold.
 */
export function brokenPromises(report: FaultReport, rate: number, isBusy: boolean): string[] {
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
  const most = isBusy ? TELEGRAMS_LIMIT : Math.min(rate + CROWDING, TELEGRAMS_LIMIT);
  promise(report.leftPerSecond <= most, `${report.leftPerSecond} messages left the workers within a second`);
  promise(
    report.requestsPerSecond <= most || report.telegramBehindMs.max > WITNESS_ON_TIME_MS,
    `${report.requestsPerSecond} requests reached Telegram within a second`,
  );
  promise(
    report.kills < KILLS_FOR_A_SHARE ||
      report.killsWithOpenAttempts / report.kills >= LEAST_SHARE_OF_OPEN_KILLS,
    `only ${report.killsWithOpenAttempts} of ${report.kills} kills hit open attempts`,
  );
  return broken;
}
