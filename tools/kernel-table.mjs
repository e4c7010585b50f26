// The table of kernels in assembly/README.md, from the contracts in packages/kernels/src/abi.ts and the folder abi beside it. With --check it writes nothing and fails when the table is stale.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const readme = join(root, "assembly", "README.md");
const sources = join(root, "packages", "kernels", "src");
const abi = readFileSync(join(sources, "abi.ts"), "utf8");
const folder = readdirSync(join(sources, "abi"));
const contracts = [abi, ...folder.map((file) => readFileSync(join(sources, "abi", file), "utf8"))].join("\n");

/** The first sentence of a contract: up to a full stop or a semicolon outside parentheses and code. */
function firstSentence(contract) {
  const end = [...contract.matchAll(/\.(?= [A-Z`]|$)|;(?= )/g)].find(({ index }) => {
    const before = contract.slice(0, index);
    return before.split("(").length === before.split(")").length && before.split("`").length % 2 === 1;
  });
  return end ? contract.slice(0, end.index) : contract.replace(/\.$/, "");
}

const member = /\/\*\*((?:(?!\*\/).)*)\*\/\s*(\w+)\(([^)]*)\): (?:number|void);/gs;
/** Names of the parameters that several kernels share, by the type that holds them. */
const shared = new Map(
  [...contracts.matchAll(/^export type (\w+) = readonly \[([^\]]*)\];/gms)].map(([, type, parameters]) => [type, parameters]),
);
const bodies = new Map([...contracts.matchAll(/^export interface (\w+)Kernels \{\n(.*?)^\}/gms)].map(([, family, body]) => [family, body]));
const families = abi.match(/^export interface KernelFunctions\s+extends ([^{]*)\{/m)[1].split(",");
const rows = families
  .map((name) => name.trim().replace(/Kernels$/, ""))
  .map((family) => [family, bodies.get(family)])
  .flatMap(([family, body]) =>
    [...body.matchAll(member)].map(([, comment, name, parameters]) => {
      const contract = comment
        .replace(/^\s*\*/gm, "")
        .replace(/\s+/g, " ")
        .trim();
      const aliases = [...contract.matchAll(/`(\w+)` may be (`\w+`(?: or `\w+`)?)/g)].map(([, out, what]) => `\`${out}\`: ${what}`);
      const all = parameters.replace(/\.\.\.\w+: (\w+)/, (_, type) => shared.get(type));
      const names = [...all.matchAll(/(\w+):/g)].map(([, parameterName]) => parameterName);
      return [family.toLowerCase(), `\`${name}(${names.join(", ")})\``, firstSentence(contract), aliases.join("; ")];
    }),
  );
const cell = (text) => text.replaceAll("|", "\\|");
const table = [
  ["family", "kernel", "contract, first sentence", "may be"],
  ["---", "---", "---", "---"],
  ...rows.map((row) => row.map(cell)),
].map((row) => `| ${row.join(" | ")} |`);

const [begin, end] = ["<!-- kernels: written by `pnpm run docs:kernels` -->", "<!-- end of kernels -->"];
const text = readFileSync(readme, "utf8");
const [from, to] = [text.indexOf(begin), text.indexOf(end)];
if (from < 0 || to < from) throw new Error(`assembly/README.md: must hold ${begin} and ${end}`);
const written = `${text.slice(0, from + begin.length)}\n\n${table.join("\n")}\n\n${text.slice(to)}`;
if (!process.argv.includes("--check")) writeFileSync(readme, written);
else if (written !== text) {
  console.error("kernels: the table in assembly/README.md is not that of packages/kernels/src/abi.ts and abi/: run pnpm run docs:kernels");
  process.exit(1);
}
