import { expect, test } from "vitest";
import { textWidth } from "../../src/render/textWidth.js";

test("text is measured in the font that it is drawn with", () => {
  // advance widths of DejaVu Sans in 2048ths of the font size: hyphen 739, i 569, W 2025
  const ink = (units: number) => (units / 2048) * 100;
  expect(textWidth({ fontSize: 100 }, "WWWW")).toBeGreaterThan(ink(3.8 * 2025));
  expect(textWidth({ fontSize: 100 }, "WWWW")).toBeLessThan(ink(4.05 * 2025));
  expect(textWidth({ fontSize: 100 }, "iiii")).toBeLessThan(ink(4 * 569));
  expect(textWidth({ fontSize: 10, fontWeight: "bold" }, "which")).toBeGreaterThan(textWidth({ fontSize: 10 }, "which"));
  expect(textWidth({}, "a < b & c")).toBeGreaterThan(textWidth({}, "a"));
  expect(textWidth({}, "")).toBe(0);
});
