#!/usr/bin/env bash
# vega 6.4.0 (with vega-lite 6.5.0): one subnormal number among the data of a logarithmic axis draws every point at the top of the panel. Nothing is
# warned about. 5e-324 is a valid double; the axis is extended to "nice" powers of ten, and 10 to the -324 is 0. Fails when that is no longer so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --no-save vega@6.4.0 vega-lite@6.5.0 >/dev/null
cat > case.mjs <<'JS'
import { parse, View } from "vega";
import { compile } from "vega-lite";

const heights = async (values) => {
  const spec = {
    width: 100,
    height: 100,
    data: { values: values.map((y, x) => ({ x, y })) },
    mark: "line",
    encoding: { x: { field: "x", type: "quantitative" }, y: { field: "y", type: "quantitative", scale: { type: "log" } } },
  };
  const svg = await new View(parse(compile(spec).spec), { renderer: "none" }).toSVG();
  const path = /aria-roledescription="line mark" d="([^"]*)"/.exec(svg)[1];
  return path.split(/[ML]/).slice(1).map((point) => Number(point.split(",")[1]));
};
const [normal, subnormal] = [await heights([1e-300, 1e-200, 1e-100, 1]), await heights([5e-324, 1e-200, 1e-100, 1])];
console.log("vega 6.4.0, 100 px high: 1e-300, 1e-200, 1e-100, 1 are drawn at", normal.map(Math.round).join(" "));
console.log("vega 6.4.0, 100 px high: 5e-324, 1e-200, 1e-100, 1 are drawn at", subnormal.join(" "));
const isAsSeen = normal.map(Math.round).join() === "100,67,33,0" && subnormal.every((height) => height === 0);
process.exit(isAsSeen ? 0 : 1);
JS
node case.mjs
