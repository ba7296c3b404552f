/**
 * A reporter for vitest: writes down what its own JSON report leaves out, into the file that `RUN_REPORT_FILE` names: which
 * files were to run, and what went wrong outside of any test.
 */
import { writeFileSync } from 'node:fs';
import type { Reporter, SerializedError, TestSpecification } from 'vitest/node';

/** The error with its causes, in one line. */
function inWords(error: SerializedError): string {
  const cause = error.cause === undefined ? '' : ` Caused by: ${inWords(error.cause)}`;
  return `${error.message}${cause}`;
}

export default class RunReport implements Reporter {
  #planned: string[] = [];

  onTestRunStart(specifications: readonly TestSpecification[]): void {
    this.#planned = specifications.map(({ moduleId }) => moduleId);
  }

  onTestRunEnd(_modules: unknown, errors: readonly SerializedError[]): void {
    const file = process.env['RUN_REPORT_FILE'];
    if (file === undefined) throw new Error('RUN_REPORT_FILE does not say where to write the report.');
    writeFileSync(file, JSON.stringify({ planned: this.#planned, errors: errors.map(inWords) }));
  }
}
