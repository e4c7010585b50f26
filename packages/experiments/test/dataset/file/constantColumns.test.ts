import { expect, test } from "vitest";
import { drawData, parseDefinition, resolveDefinition } from "../../../src/index.js";
import { twin } from "../../support/hosts.js";
import { memoryFiles } from "../../support/memoryFiles.js";
import { tiny } from "../../support/tiny.js";

const rows = [0, 1, 2, 3, 4, 5, 6, 7].map((i) => `${i},${i * i},3,${i === 6 ? 1 : 0},${i < 6 ? "in" : "out"},${i % 2 ? "u" : "v"}`);
const table = `a,b,k,z,part,who\n${rows.join("\n")}\n`;
const split = { column: "part", value: "out" };

/** The remarks on the samples of a data set. */
async function remarks(dataset: object, text = table): Promise<readonly string[]> {
  const files = memoryFiles({ "a.csv": text });
  const written = { ...tiny, dataset: { kind: "file", path: "a.csv", label: "who", ...dataset } };
  const { dataset: choice } = parseDefinition(await resolveDefinition(written, files));
  return (await drawData(choice, 0, { kernels: twin, files })).remarks ?? [];
}

const everywhere = 'k holds 3 in every sample, which standardize makes 0: "dropConstant" before it leaves such coordinates out';
const inTraining =
  'z holds 0 in every training sample, though not in every test sample; standardize makes it 0 in both: "ignore": ["z"] leaves it out';

test.each<[string, object, readonly string[]]>([
  ["a step that makes them 0", { test: split, prepare: ["standardize"] }, [everywhere, inTraining]],
  ["the columns of one value left out before", { test: split, prepare: ["dropConstant", "standardize"] }, [inTraining]],
  ["those left out that are named", { test: split, prepare: ["dropConstant", "standardize"], ignore: ["z"] }, []],
  [
    "another such step",
    { test: split, ignore: ["z"], prepare: [{ divide: 2 }, "unitInterval"] },
    [everywhere.replace("standardize", "unitInterval")],
  ],
  ["no such step", { test: split, prepare: [{ constant: 1 }] }, []],
  ["rows scaled before, which mixes the coordinates", { test: split, prepare: ["unitRows", "standardize"] }, []],
  ["no test samples", { ignore: ["part"], prepare: ["standardize"] }, [everywhere]],
])("coordinates of equal samples are told of: %s", async (_name, dataset, told) => expect(await remarks(dataset)).toEqual(told));

test("many are counted, those without a name by their number", async () => {
  const wide = [0, 1, 2].map((i) => `${i},${Array.from({ length: 8 }, (_, k) => k).join(",")},${i % 2 ? "u" : "v"}`).join("\n");
  expect(await remarks({ label: 9, prepare: ["standardize"] }, `${wide}\n`)).toEqual([
    `${[1, 2, 3, 4, 5].map((k) => `column ${k} (counted from 0)`).join(", ")} and 3 more hold one value each in every sample, which standardize makes 0: "dropConstant" before it leaves such coordinates out`,
  ]);
});
