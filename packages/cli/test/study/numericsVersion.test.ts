import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { bareCode } from "../../../../tools/bareCode.js";
import { hashOf, numericsFiles } from "../../dist/study/numericsFiles.js";
import { numericsVersion } from "../../dist/study/numericsVersion.js";

const bare = (bytes: Buffer, name: string): Buffer | string => (name.endsWith(".js") ? bareCode(bytes.toString()) : bytes);

test("the numerics version is the hash of the bare code, and a comment changes nothing in it", () => {
  const files = numericsFiles();
  expect(numericsVersion()).toBe(hashOf(files, bare));
  const changed = (change: (code: string) => string) =>
    hashOf(files, (bytes, name) => (name.endsWith("exponential.js") ? bareCode(change(bytes.toString())) : bare(bytes, name)));
  expect(changed((code) => `/** A comment. */\n\n${code}// and another one\n`)).toBe(numericsVersion());
  expect(changed((code) => code.replace("-logRisk", "- logRisk"))).toBe(numericsVersion());
  expect(changed((code) => code.replace("-logRisk", "2 * -logRisk"))).not.toBe(numericsVersion());
});

test("files that are not those of the build have a hash of their own", () => {
  const { files, numerics } = JSON.parse(readFileSync(new URL("../../dist/numerics.json", import.meta.url), "utf8"));
  expect(files).toBe(hashOf(numericsFiles()));
  expect(numerics).not.toBe(files);
});
