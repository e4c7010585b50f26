import { expect, test } from "vitest";
import { csvText } from "../../src/csv/csvText.js";

test("numbers keep their bits, texts their characters", () => {
  const text = csvText(
    ["name", "value"],
    [
      ["plain", 0.1],
      ['with "quotes", and\nlines', -0],
      ["small", 5e-324],
      ["none", Number.NaN],
      ["large", -Infinity],
    ],
  );
  expect(text).toBe('name,value\nplain,0.1\n"with ""quotes"", and\nlines",-0\nsmall,5e-324\nnone,NaN\nlarge,-Infinity\n');
});

test("a table without rows is its heading", () => {
  expect(csvText(["a", "b"], [])).toBe("a,b\n");
});
