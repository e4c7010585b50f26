// Runs a step of the workspace with the pinned pnpm, on the Node that is here or, where that one is too old for the tools, on one from npm.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const NODE = "24.21.0";
const steps = {
  setup: "pnpm install --frozen-lockfile --prefer-offline",
  main: "pnpm install --frozen-lockfile --prefer-offline && pnpm run main",
  test: "pnpm install --frozen-lockfile --prefer-offline && pnpm run check",
};
const step = steps[process.argv[2]];
if (!step) throw new Error(`usage: node tools/bootstrap.mjs ${Object.keys(steps).join("|")}`);
const { packageManager } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
const packages = [packageManager.split("+")[0]];
const [major, minor] = process.versions.node.split(".").map(Number);
const supported = (major === 22 && minor >= 18) || (major === 24 && minor >= 11) || major >= 26;
if (!supported) {
  const { platform, arch } = process;
  const os = { win32: "win" }[platform] ?? platform;
  const prefix = platform === "darwin" && arch === "arm64" ? "node-bin" : "node";
  packages.push(`${prefix}-${os}-${arch}@${NODE}`);
  console.log(`bootstrap: Node ${process.version} is too old for the tools; using Node ${NODE} from npm`);
}
const flags = packages.map((p) => `--package=${p}`).join(" ");
const { status } = spawnSync(`npm exec --yes --prefer-offline ${flags} -c "${step}"`, {
  cwd: fileURLToPath(new URL("..", import.meta.url)),
  env: { ...process.env, CONSUMER_NODE: process.execPath }, // lets the tests also run on the system's Node
  stdio: "inherit",
  shell: true, // one string with a shell: no DEP0190
});
process.exit(status ?? 1);
