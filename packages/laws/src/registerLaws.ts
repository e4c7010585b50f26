import { type CheckOptions, checkLaws } from "./checkLaws.js";
import { formatResult } from "./formatReport.js";
import { canBeAsked, type Law } from "./law.js";

/** The part of `test` that vitest, jest, mocha and node:test have in common. */
export type TestFunction = (name: string, body: () => void) => unknown;

/**
 * Registers one test per law that the subject can be asked, named by its statement.
 *
 * @param test     `test` of the test runner
 * @param laws     laws of one family
 * @param subject  the object under test
 * @param options  the seed, the profile, and the arithmetic of the subject
 * @returns  the ids of the other laws, in their order: a caller that expects a list of them loses no law unnoticed
 */
export function registerLaws<Subject extends object>(
  test: TestFunction,
  laws: readonly Law<Subject>[],
  subject: Subject,
  options: CheckOptions,
): readonly string[] {
  const notAsked: string[] = [];
  for (const law of laws) {
    if (!canBeAsked(law, subject)) {
      notAsked.push(law.id);
      continue;
    }
    test(`${law.id}: ${law.statement}`, () => {
      const [result] = checkLaws([law], subject, options).results;
      if (result?.verdict !== "holds") throw new Error(result && formatResult(result));
    });
  }
  return notAsked;
}
