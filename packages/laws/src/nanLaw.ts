import { type Finding, same } from "./law.js";
import { SubjectLost } from "./subjectLost.js";

/** The finding that `ask` answers with NaN or throws: neither passes for a number. @throws SubjectLost */
export function refusesNaN(part: string, ask: () => number): Finding {
  let answer: number;
  try {
    answer = ask();
  } catch (thrown) {
    if (thrown instanceof SubjectLost) throw thrown;
    return { slack: 0 };
  }
  return same(answer, Number.NaN, { part });
}

/** A NaN of x if there is one, else its first entry. */
export function nanOf(x: Float64Array): number {
  return x.find(Number.isNaN) ?? x[0]!;
}
