import { describe, expect, test } from "vitest";
import { figureName } from "../src/figureName.js";

describe("the name of a figure", () => {
  const name = (set: string[], seed: number[] = [], quick = false): string => figureName("tiny", { set, seed, quick });

  test.each([
    [name([]), "tiny"],
    [name([], [], true), "tiny-quick"],
    [name([], [3]), "tiny-seed3"],
    [name([], [0, 1, 2, 5, 7, 8]), "tiny-seeds0-2,5,7-8"],
    [name(["stop.steps=7", "arms.sign.step.size=1e-3"], [1], true), "tiny-quick-seed1-stop.steps=7-arms.sign.step.size=1e-3"],
    [name(['figure=[{"probe":"margin.l2","scale":"log"}]']), "tiny-figure=HASH"],
  ])("%s", (got, expected) => expect(got.replace(/=[0-9a-f]{8}$/, "=HASH")).toBe(expected));

  test("holds only what every file system takes, at a bounded length, and still tells apart what differs", () => {
    const names = [
      name(['arms.sign.step={"rule":"constant","size":1}']),
      name(['arms.sign.step=("rule":"constant","size":1)']),
      name([`question=${"a".repeat(500)}`]),
      name([`question=${"a".repeat(501)}`]),
      name(["question=../../../etc/passwd"]),
      name(["stop.steps=7\u0000"]),
      name([...Array(40).keys()].map((i) => `arms.a${i}.step.size=1`)),
      name([...Array(41).keys()].map((i) => `arms.a${i}.step.size=1`)),
    ];
    expect(new Set(names).size).toBe(names.length);
    for (const each of names) expect(each).toMatch(/^tiny-[A-Za-z0-9.,=_+-]{1,99}$/);
  });
});
