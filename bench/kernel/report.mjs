import { parseArgs } from "node:util";

/** --json prints one JSON document, --only=<case> runs one case. */
export function benchmarkOptions() {
  const { values } = parseArgs({ options: { json: { type: "boolean", default: false }, only: { type: "string" } } });
  return values;
}

/** Runs the chosen cases and prints their results: `measureCase` gives one flat object of numbers per case. */
export function report(benchmark, cases, measureCase) {
  const { json, only } = benchmarkOptions();
  const chosen = cases.filter(({ name }) => only === undefined || name === only);
  if (chosen.length === 0) throw new RangeError(`${benchmark}: no case "${only}"; there are ${cases.map(({ name }) => name).join(", ")}`);
  const results = chosen.map((definition) => ({ case: definition.name, ...measureCase(definition) }));
  if (json) {
    console.log(JSON.stringify({ benchmark, node: process.version, results }));
    return;
  }
  const rounded = results.map((result) =>
    Object.fromEntries(
      Object.entries(result).map(([key, value]) => [key, typeof value === "number" ? Number(value.toPrecision(3)) : value]),
    ),
  );
  console.table(rounded);
}
