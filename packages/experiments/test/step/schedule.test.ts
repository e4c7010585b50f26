import { expect, test } from "vitest";
import { parseDefinition } from "../../src/index.js";
import { changed, tiny } from "../support/tiny.js";

test.each(["cosine", "linearDecay"])(
  "%s is refused where sizes would grow, or the warm-up is no part of it; all of it is told at once",
  (rule) => {
    const parsed = (step: object) => () => parseDefinition(changed(tiny, "arms/sign/step", { rule, ...step }));
    expect(parsed({ size: 0.1, steps: 10, final: 0.1, warmUp: 9 })).not.toThrow();
    expect(parsed({ size: 0.1, steps: 10, final: 0.2 })).toThrow("arms.sign.step.final: must be at most size = 0.1, got 0.2");
    expect(parsed({ size: 0.1, steps: 10, final: 0.2, warmUp: 10 })).toThrow(
      "arms.sign.step.final: must be at most size = 0.1, got 0.2\narms.sign.step.warmUp: must be below steps = 10, got 10",
    );
  },
);
