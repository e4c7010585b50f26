import { describe, expect, test } from "vitest";
import { recordPoints } from "../../src/index.js";
import { mostRecordPoints } from "../../src/internal.js";
import { hosts } from "../support/hosts.js";

const kernels = hosts[0]!.kernels(64);

/** The definition: 0 and every integer nearest to 10^(k / perDecade), by plain enumeration. */
function enumerated(perDecade: number, last: number): number[] {
  const found = new Set([0]);
  for (let k = 0; ; k++) {
    const step = Math.round(kernels.exp((k / perDecade) * kernels.log(10)));
    if (step > last) return [...found];
    found.add(step);
  }
}

function recorded(perDecade: number, last: number, at: readonly number[] = []): number[] {
  const { isDue } = recordPoints(kernels, { perDecade, at });
  return Array.from({ length: last + 1 }, (_, step) => step).filter(isDue);
}

describe("record points", () => {
  test.each([1, 2, 3, 7, 24, 32, 100, 1000, 10_000])("%d per decade are the integers nearest to the powers", (perDecade) => {
    expect(recorded(perDecade, 20_000)).toEqual(enumerated(perDecade, 20_000));
  });

  test("a billion per decade are every step, and cost no more", () => {
    expect(recorded(1e9, 2000)).toEqual(Array.from({ length: 2001 }, (_, step) => step));
  });

  test("a schedule may be asked from a late step on", () => {
    const { isDue } = recordPoints(kernels, { perDecade: 1 });
    expect([999_999, 1_000_000, 1_000_001, 1e9, 1e9 + 1].map(isDue)).toEqual([false, true, false, true, false]);
  });

  test.each([1, 2, 24, 1000, 1e9])("there are no more than the bound says, with %d per decade", (perDecade) => {
    for (const last of [0, 1, 9, 10, 11, 999, 5000]) {
      const at = [3, 4, 700];
      const count = recorded(perDecade, last, at).length;
      expect(count).toBeLessThanOrEqual(mostRecordPoints({ perDecade, at }, last));
      expect(mostRecordPoints({ perDecade }, last)).toBeLessThanOrEqual(last + 1);
    }
  });
});
