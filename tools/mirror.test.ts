import { join } from "node:path";
import { expect, test } from "vitest";
import { misplacedTests } from "./mirror.mjs";

const home = join("packages", "one");
const at = (path: string): string => join(home, ...path.split("/"));
const sources = ["src/index.ts", "src/table.ts", "src/norm/lp.ts", "src/norm/lp/ball.ts", "src/step/lp.ts", "src/step/paced.ts"];

/** Problems of one test that imports these files, among the sources; `through` imports what the test imports of it. */
function problemsOf(path: string, targets: readonly string[] = [], support: readonly string[] = []): string[] {
  const imports = new Map([
    ...sources.map((source): [string, string[]] => [at(source), []]),
    [at("test/support/made.ts"), support.map(at)],
    [at(`test/${path}`), targets.map(at)],
  ]);
  return misplacedTests(imports, home, ["index.ts"], ["page"]);
}

test.each<[string, readonly string[]]>([
  ["table.test.ts", ["src/table.ts"]],
  ["norm/lp.test.ts", []],
  ["step/lp.slow.test.ts", ["src/norm/lp.ts"]],
  ["norm/lp/ball.test.ts", ["src/norm/lp/ball.ts"]],
  ["norm/balls.test.ts", ["src/norm/lp.ts", "src/norm/lp/ball.ts"]],
  ["step/scaled.test.ts", ["src/step/paced.ts", "src/table.ts"]],
  ["all.test.ts", ["src/norm/lp.ts", "src/step/lp.ts"]],
  ["norm/laws.test.ts", ["src/index.ts"]],
  ["page/look.test.ts", ["src/norm/lp.ts"]],
])("test/%s stands where it belongs", (path, targets) => expect(problemsOf(path, targets)).toEqual([]));

test("a support file stands for what it imports", () => {
  expect(problemsOf("step/made.test.ts", ["test/support/made.ts", "src/table.ts"], ["src/step/paced.ts"])).toEqual([]);
  expect(problemsOf("step/made.test.ts", ["test/support/made.ts", "src/table.ts"], [])).toHaveLength(1);
});

test.each<[string, readonly string[], string]>([
  ["loss/log.test.ts", [], "src has no room loss"],
  ["paced.test.ts", [], `the test of ${at("src/step/paced.ts")} stands in ${at("test/step")}`],
  ["norm/table.test.ts", [], `the test of ${at("src/table.ts")} stands in ${at("test")}`],
  ["norms.test.ts", ["src/norm/lp.ts", "src/norm/lp/ball.ts"], `a test of files in ${at("src/norm")} alone stands in ${at("test/norm")}`],
  ["norm/steps.test.ts", ["src/step/paced.ts"], `a test that uses nothing of ${at("src/norm")} stands in ${at("test/step")}`],
])("test/%s does not", (path, targets, problem) => expect(problemsOf(path, targets)).toEqual([`${at(`test/${path}`)}: ${problem}`]));
