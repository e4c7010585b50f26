import { safetensorsBytes } from "@steepest/formats";
import { expect, test } from "vitest";
import { readWeightsFile } from "../../src/data/readWeightsFile.js";
import { hardLimits } from "../../src/setup/limits.js";

const bytes = safetensorsBytes({ metadata: {}, tensors: { a: { shape: [2], values: Float64Array.of(1, 2) } } });

test("a file of weights has its bytes, name and hash; another one is refused by its name", async () => {
  const file = new File([bytes as Uint8Array<ArrayBuffer>], "start.safetensors");
  expect(await readWeightsFile(file)).toEqual({ name: "start.safetensors", bytes, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
  await expect(readWeightsFile(new File(["a,b\n1,2\n3,4\n5,6"], "w.npz"))).rejects.toThrow(/^w\.npz: is neither a safetensors file nor/);
  const large = { name: "large.npz", size: hardLimits.fileBytes + 1 } as File;
  await expect(readWeightsFile(large)).rejects.toMatchObject({ code: "DATA", message: expect.stringContaining("large.npz: the file has") });
});
