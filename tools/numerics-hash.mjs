// After tsc: packages/cli/dist/numerics.json, which names the numerics of this build by a hash that comments and line breaks do not change.
import { writeFileSync } from "node:fs";
import { hashOf, numericsFiles } from "../packages/cli/dist/study/numericsFiles.js";
import { bareCode } from "./bareCode.ts";

const files = numericsFiles();
const bare = (bytes, name) => (name.endsWith(".js") ? bareCode(bytes.toString()) : bytes);
const document = { files: hashOf(files), numerics: hashOf(files, bare) };
writeFileSync(new URL("../packages/cli/dist/numerics.json", import.meta.url), `${JSON.stringify(document)}\n`);
