import { readFile } from "node:fs/promises";
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
