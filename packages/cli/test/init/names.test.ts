import { join } from "node:path";
import { expect, test } from "vitest";
import { idOf, pathFrom } from "../../src/init/names.js";

test.each([
  ["sonar.csv", "sonar"],
  ["/data/Meine Größen (2024).CSV.gz", "Meine-Gro-en-2024"],
  ["train-images-idx3-ubyte.gz", "train-images-idx3-ubyte"],
  ["data.tar.csv", "data-tar"],
  ["日本.csv", "data"],
  ["con.csv", "data-con"],
  ["_a_.npy", "a"],
  ["a.b", "a-b"],
])("%s is the experiment %s", (file, id) => expect(idOf(file)).toBe(id));

test("a path is relative to the definition, with slashes", () => {
  expect(pathFrom(join("/study"), join("/study", "data", "a.csv"))).toBe("data/a.csv");
  expect(pathFrom(join("/study", "one"), join("/study", "a.csv"))).toBe("../a.csv");
});
