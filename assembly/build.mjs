import { createHash } from "node:crypto";
import { appendFile, readFile } from "node:fs/promises";
import asc from "assemblyscript/asc";

// One process for all targets: starting the compiler is the slow part. pnpm run sets the working directory to assembly/.
for (const config of ["asconfig.json", "peak/asconfig.json"]) {
  const { targets } = JSON.parse(await readFile(new URL(config, import.meta.url), "utf8"));
  for (const target of Object.keys(targets)) {
    const { error, stderr } = await asc.main(["--config", config, "--target", target]);
    if (error) {
      console.error(stderr.toString());
      throw error;
    }
  }
}

// So that a compiled module can be told from that of another build with the same signatures: a custom section with a hash of all that stands before it.
const binary = new URL("../packages/kernels/wasm/steepest.wasm", import.meta.url);
const name = "steepest.build";
const stamp = createHash("sha256")
  .update(await readFile(binary))
  .digest("hex")
  .slice(0, 16);
const content = Buffer.concat([Buffer.of(name.length), Buffer.from(name + stamp)]);
await appendFile(binary, Buffer.concat([Buffer.of(0, content.length), content])); // lengths below 128 are one byte
