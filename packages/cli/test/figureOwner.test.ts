import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { figureMark, marked, requireOwnFigure } from "../src/figureOwner.js";
import { temporaryFolder } from "./support/study.js";

const run = (study: string) => ({ study });
const mark = figureMark([run("tiny"), run("tiny"), run("deep")]);

test("a figure is marked by its studies, in any order", () => {
  expect(figureMark([run("deep"), run("tiny")])).toBe(mark);
  expect(figureMark([run("tiny")])).not.toBe(mark);
  expect(marked('<svg width="3"><g/></svg>', mark)).toBe(`<svg width="3">${mark}<g/></svg>`);
});

test("only figures of the same studies are written over", () => {
  const folder = temporaryFolder();
  const out = join(folder, "figure");
  const own = () => requireOwnFigure(out, mark);
  own();
  writeFileSync(`${out}.svg`, marked("<svg><g/></svg>", mark));
  writeFileSync(`${out}.png`, "");
  writeFileSync(`${out}.csv`, "probe,arm,seeds,step,mean,low,high\n");
  own();
  writeFileSync(`${out}.csv`, "probe,arm,seed,step,margin.l2,value\nlogRisk,sign,0,0,1,2\n");
  own();
  expect(() => requireOwnFigure(out, figureMark([run("tiny")]))).toThrow(
    `${out}.svg: exists already, with a figure of other runs, and is left as it is`,
  );
  writeFileSync(`${out}.csv`, "name,price\n");
  expect(own).toThrow(`${out}.csv: exists already, and is left as it is`);
  rmSync(`${out}.csv`);
  writeFileSync(`${out}.svg`, "<svg><g/></svg>");
  expect(own).toThrow(`${out}.svg: exists already, and is left as it is`);
  rmSync(`${out}.svg`);
  expect(own).toThrow(`${out}.png: exists already, and is left as it is`);
  rmSync(`${out}.png`);
  mkdirSync(`${out}.svg`);
  expect(own).toThrow(`${out}.svg: exists already`);
});
