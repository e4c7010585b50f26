import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { binaryUrl } from "@steepest/kernels";
import { expect, test } from "vitest";
import { describeEnvironment } from "../src/environment.js";
import { canonicalJson, decodeJson } from "../src/index.js";

test("names packages, binary, engine and machine", async () => {
  const environment = await describeEnvironment();
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  expect(environment).toEqual({
    packages: { "@steepest/core": version, "@steepest/kernels": version, "@steepest/node": version }, // they move as one group
    kernelHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    host: "wasm",
    node: process.versions.node,
    v8: process.versions.v8,
    platform: process.platform,
    arch: process.arch,
    cpu: expect.any(String),
    threads: expect.any(Number),
  });
  expect(decodeJson(canonicalJson(environment))).toEqual(environment);
});

test.skipIf(process.platform !== "linux")("the hash is that of the installed file", async () => {
  const [hash] = execFileSync("sha256sum", [fileURLToPath(binaryUrl())], { encoding: "utf8" }).split(" ");
  expect((await describeEnvironment()).kernelHash).toBe(hash);
});

test("another binary has another hash", async () => {
  const { kernelHash } = await describeEnvironment(Buffer.from("{}"));
  expect(kernelHash).toBe("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"); // printf '{}' | sha256sum
});
