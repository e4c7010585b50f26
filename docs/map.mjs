// Draws `architecture.svg`: the packages and who imports whom, and the folders of the core likewise, read from the imports of the sources.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { instance } from "@viz-js/viz";

const root = fileURLToPath(new URL("..", import.meta.url));
const packages = join(root, "packages");

/** Every TypeScript source below a folder, in the order of its path. */
function sourcesIn(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? sourcesIn(path) : /\.tsx?$/.test(entry.name) ? [path] : [];
    })
    .sort();
}

/** Edges "a -> b" without those that follow from others, so that the picture shows the order and no more. */
function reduced(edges) {
  const next = new Map();
  for (const [from, to] of edges) next.set(from, (next.get(from) ?? new Set()).add(to));
  const reaches = (from, to, seen = new Set()) =>
    [...(next.get(from) ?? [])].some((node) => node === to || (!seen.has(node) && reaches(node, to, seen.add(node))));
  return edges.filter(([from, to]) => ![...next.get(from)].some((other) => other !== to && reaches(other, to)));
}

function distinct(edges) {
  return [...new Map(edges.map((edge) => [edge.join(" "), edge])).values()];
}

const names = readdirSync(packages).sort();
const npmNames = new Map(names.map((name) => [JSON.parse(readFileSync(join(packages, name, "package.json"), "utf8")).name, name]));
const packageEdges = distinct(
  names.flatMap((name) =>
    sourcesIn(join(packages, name, "src")).flatMap((path) =>
      [...readFileSync(path, "utf8").matchAll(/(?:from|import)[ (]"(@?steepest[^"]*)"/g)]
        .map(([, target]) => [name, npmNames.get(target.match(/^(@[^/]+\/)?[^/]+/)[0])])
        .filter(([from, to]) => to && from !== to),
    ),
  ),
);

const core = join(packages, "core", "src");
const roomOf = (path) => relative(core, path).split("/").slice(0, -1)[0];
const roomEdges = distinct(
  sourcesIn(core).flatMap((path) =>
    [...readFileSync(path, "utf8").matchAll(/from "(\.[^"]+)"/g)]
      .map(([, target]) => [roomOf(path), roomOf(join(path, "..", target))])
      .filter(([from, to]) => from && to && from !== to),
  ),
);

const label = (name) => {
  const { name: npm, description } = JSON.parse(readFileSync(join(packages, name, "package.json"), "utf8"));
  const lines = [""];
  for (const word of (description ?? "").split(" ")) {
    if (`${lines.at(-1)} ${word}`.length > 30) lines.push(word);
    else lines[lines.length - 1] = `${lines.at(-1)} ${word}`.trim();
  }
  return JSON.stringify([npm, ...lines].join("\n"));
};

const dot = `digraph {
  graph [fontname="Arial, Helvetica, sans-serif", fontsize=12, rankdir=TB, nodesep=0.25, ranksep=0.4, bgcolor="white"]
  node [shape=box, style="rounded,filled", fillcolor="#f4f6fa", color="#5b6b8c", fontname="Arial, Helvetica, sans-serif", fontsize=11, margin="0.25,0.08"]
  edge [color="#5b6b8c", arrowsize=0.6]
  assembly [label="assembly\\nkernels in AssemblyScript,\\nbuilt into the binary", fillcolor="#fdf3e1"]
  package_kernels -> assembly [style=dashed]
  ${names.map((name) => `package_${name} [label=${label(name)}]`).join("\n  ")}
  ${reduced(packageEdges)
    .map(([from, to]) => `package_${from} -> package_${to}`)
    .join("\n  ")}
  subgraph cluster_core {
    label="inside packages/core/src"
    labeljust=l
    color="#c3ccdd"
    style=rounded
    ${[...new Set(roomEdges.flat())].map((room) => `core_${room} [label="${room}", fillcolor="white"]`).join("\n    ")}
    ${reduced(roomEdges)
      .map(([from, to]) => `core_${from} -> core_${to}`)
      .join("\n    ")}
  }
}`;

/** Nodes, labels and edges of a picture, without their places: fonts decide those. */
function graphOf(svg) {
  const items = [...svg.matchAll(/<(?:title|text)[^>]*>([^<]*)</g)].map(([, text]) => text);
  return JSON.stringify(items.sort());
}

const viz = await instance();
const svg = viz.renderString(dot, { format: "svg", engine: "dot" });
const picture = join(root, "docs", "architecture.svg");
if (!process.argv.includes("--check")) writeFileSync(picture, svg);
else if (graphOf(readFileSync(picture, "utf8")) !== graphOf(svg)) {
  console.error("map: docs/architecture.svg is not the graph of the imports: run pnpm run docs:map");
  process.exit(1);
}
