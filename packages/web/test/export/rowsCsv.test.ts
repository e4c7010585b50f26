import type { Row } from "@steepest/experiments";
import { expect, test } from "vitest";
import { rowsCsv } from "../../src/export/rowsCsv.js";

const recorded = (arm: string, ...rows: Row[]) => ({ arm, optimizer: "Adam", seed: 7, rows });

test("a table holds arm, optimiser, seed and step, then every probe that some run recorded, and nothing where a run did not", () => {
  const runs = [recorded("a", { step: 0, risk: 1 }, { step: 3, risk: 0.5 }), recorded("b", { step: 0, margin: 2 })];
  expect(rowsCsv(runs)).toBe("arm,optimizer,seed,step,risk,margin\r\na,Adam,7,0,1,\r\na,Adam,7,3,0.5,\r\nb,Adam,7,0,,2\r\n");
  expect(rowsCsv([])).toBe("arm,optimizer,seed,step\r\n");
});

test("numbers read back as the same double; what is no number has its name", () => {
  const values = [-0, 0, 5e-324, 1 / 3, -1.7976931348623157e308, Number.NaN, Infinity, -Infinity];
  const lines = rowsCsv([recorded("a", ...values.map((value, step) => ({ step, value })))]).split("\r\n");
  const cells = lines.slice(1, -1).map((line) => line.split(",")[4]!);
  expect(cells).toEqual(["-0", "0", "5e-324", "0.3333333333333333", "-1.7976931348623157e+308", "NaN", "Infinity", "-Infinity"]);
  expect(cells.map(Number)).toEqual(values);
});

test("names with separators, quotes or line breaks stand in quotes, in headings too", () => {
  const arms = ["plain", "a,b", 'say "no"', "two\nlines", "two\rlines"];
  const text = rowsCsv(arms.map((arm) => recorded(arm, { step: 0, "margin.max(1*l2,2*l1)": 1 })));
  expect(text).toBe(
    [
      'arm,optimizer,seed,step,"margin.max(1*l2,2*l1)"',
      "plain,Adam,7,0,1",
      '"a,b",Adam,7,0,1',
      '"say ""no""",Adam,7,0,1',
      '"two\nlines",Adam,7,0,1',
      '"two\rlines",Adam,7,0,1',
      "",
    ].join("\r\n"),
  );
});
