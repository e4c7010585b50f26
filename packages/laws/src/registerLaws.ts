import { type CheckOptions, checkLaws } from "./checkLaws.js";
import { formatResult } from "./formatReport.js";
import { canBeAsked, type Law } from "./law.js";

/** The part of `test` that vitest, jest, mocha and node:test have in common. */
export interface TestFunction {
  (name: string, body: () => void): unknown;
  skip(name: string, body: () => void): unknown;
}

/** Registers one test per law, named by its statement; laws that the subject cannot be asked are skipped, visibly. */
export function registerLaws<Subject extends object>(
  test: TestFunction,
  laws: readonly Law<Subject>[],
  subject: Subject,
  options: CheckOptions,
): void {
  for (const law of laws) {
    const name = `${law.id}: ${law.statement}`;
    if (!canBeAsked(law, subject)) {
      test.skip(name, () => {});
      continue;
    }
    test(name, () => {
      const [result] = checkLaws([law], subject, options).results;
      if (result?.verdict !== "holds") throw new Error(result && formatResult(result));
    });
  }
}
