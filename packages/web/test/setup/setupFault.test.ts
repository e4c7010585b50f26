import { expect, test } from "vitest";
import { defaultSetup } from "../../src/setup/defaults.js";
import { readLink, writeLink } from "../../src/setup/link.js";
import { changeFault, setupFault } from "../../src/setup/setupFault.js";

const noWidth = { ...defaultSetup, width: 0 };
const noPoints = { ...defaultSetup, data: { kind: "points", inputs: [], labels: [], constant: 1 } } as const;

test("a setup has a fault, in words of the page, exactly where its link cannot be opened", () => {
  expect(setupFault(defaultSetup)).toBeUndefined();
  expect(setupFault(noWidth)).toBe("width: must be an integer from 1 to 2048, got 0");
  expect(setupFault(noPoints)).toMatch(/^points: must be an integer from 2/);
  for (const setup of [noWidth, noPoints]) expect(() => readLink(writeLink(setup))).toThrow();
});

test("a change is refused without the name of its own field, and with that of another", () => {
  expect(changeFault(defaultSetup, { ...defaultSetup, width: 3 }, "width")).toBeUndefined();
  expect(changeFault(defaultSetup, noWidth, "width")).toBe("must be an integer from 1 to 2048, got 0");
  expect(changeFault(defaultSetup, noWidth, "seed")).toBe("width: must be an integer from 1 to 2048, got 0");
});

test("a change is not refused for what was wrong before", () => {
  expect(changeFault(noPoints, { ...noPoints, seed: 3 }, "seed")).toBeUndefined();
  expect(changeFault(noPoints, { ...noPoints, width: 0 }, "width")).toBeDefined();
});
