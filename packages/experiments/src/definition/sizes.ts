import { trainingBytes } from "@steepest/core";
import { mostKernelBytes, mostRecordPoints } from "@steepest/core/internal";
import { datasetSizes } from "../dataset/registry.js";
import { endsOf } from "../network/ends.js";
import { buildNetwork } from "../network/registry.js";
import { buildOptimizer } from "../optimizer/registry.js";
import { measurementsOf, normOfProbe, probeOf } from "../probe/probe.js";
import type { ArmDefinition } from "./arm.js";
import type { ExperimentDefinition } from "./definition.js";
import type { Issue } from "./issue.js";
import { type Path, valueAt } from "./path.js";
import { plainTree } from "./plainTree.js";

/** Runs of one experiment: each has a folder of its own. */
const mostRuns = 100_000;

/** Memory that the rows of an experiment may take, all of which are held until they are judged. */
const mostRowBytes = 2 ** 31;

/** A row holds its numbers by name. */
const bytesPerRow = (probes: number): number => 64 + 16 * (probes + 1);

/**
 * Sizes of a definition beyond what can be given: memory of a run, rows, runs. They are judged from its numbers alone, which may be of any magnitude, before
 * anything is drawn or allocated; nothing that fits is refused.
 */
export function sizeIssues(definition: ExperimentDefinition): Issue[] {
  return [...memoryIssues(definition), ...runIssues(definition)];
}

/** Problems of size that are refused before the rest is checked, since checking it would take a while. */
export function crowdIssues(tree: unknown): Issue[] {
  const seeds = valueAt(tree, ["seeds"]);
  if (!Array.isArray(seeds) || seeds.length <= mostRuns) return [];
  const text = `${seeds.length} seeds, at most ${mostRuns} runs make an experiment`;
  return [{ path: ["seeds"], text, value: seeds.length, hint: "split it into several" }];
}

/** An arm alone that needs too much memory fails alone, when it is its turn; what no arm can be given is wrong with the definition. */
function memoryIssues(definition: ExperimentDefinition): Issue[] {
  const bytes = leastBytes(definition);
  if (bytes <= mostKernelBytes) return [];
  const path = cause(definition, sizePaths(definition), leastBytes);
  const { trainSize, inputDim } = datasetSizes(definition.dataset);
  const { parameterCount } = buildNetwork(definition.network, endsOf(definition.dataset)).layout;
  const what = `${parameterCount} parameters, ${trainSize} training samples of ${inputDim} coordinates`;
  return [
    {
      path,
      text: `a run would take at least ${inBytes(bytes)} of memory (${what}), at most ${inBytes(mostKernelBytes)} can be addressed`,
      value: valueAt(definition, path),
      hint: `use ${remedy(definition, path)}`,
    },
  ];
}

/** Remedy for a number that is too large, in words. */
function remedy(definition: ExperimentDefinition, path: Path): string {
  const now = valueAt(definition, path);
  const less = datasetSizes(replaced(definition, path, Array.isArray(now) ? now.slice(0, 1) : 2).dataset);
  const { inputDim, trainSize, testSize } = datasetSizes(definition.dataset);
  if (less.inputDim < inputDim) return "fewer input columns, which take most of it";
  if (less.trainSize < trainSize || less.testSize < testSize) return "fewer samples, which take most of it";
  return path[0] === "network" ? "a narrower network, whose weights take most of it" : `a smaller ${String(path.at(-1))}`;
}

/** Bytes of the arm that needs least; of the data alone where that is more. */
function leastBytes({ dataset, network, record, arms }: ExperimentDefinition): number {
  const { trainSize, testSize, inputDim, isDense, drawBytes } = datasetSizes(dataset);
  const built = buildNetwork(network, endsOf(dataset));
  const usedColumns = isDense ? inputDim : Math.min(1, inputDim);
  const samples = { sampleCount: trainSize, inputDim, usedColumns, nonzeroCount: trainSize * usedColumns };
  const scored = record.probes.some((name) => probeOf(name)?.needsTest) && testSize > 0 ? testSize : undefined;
  const testSamples = scored === undefined ? undefined : { sampleCount: scored, inputDim, nonzeroCount: isDense ? scored * inputDim : 0 };
  const track = record.probes.map((name) => normOfProbe(name)).filter((norm) => norm !== undefined);
  const measure = measurementsOf(record.probes);
  const ofArm = ({ optimizer, batch }: ArmDefinition): number =>
    trainingBytes({ network: built, optimizer: buildOptimizer(optimizer), track, measure, ...(batch && { batch }) }, samples, testSamples);
  return Math.max(drawBytes, Math.min(...Object.values(arms).map(ofArm)));
}

function runIssues(definition: ExperimentDefinition): Issue[] {
  const runs = Object.keys(definition.arms).length * definition.seeds.length;
  if (runs > mostRuns) {
    const text = `${Object.keys(definition.arms).length} arms under ${definition.seeds.length} seeds are ${runs} runs, at most ${mostRuns} make an experiment`;
    return [{ path: ["seeds"], text, value: definition.seeds.length, hint: "split it into several" }];
  }
  const bytes = rowBytes(definition);
  if (bytes <= mostRowBytes) return [];
  const path = cause(definition, [["record", "pointsPerDecade"], ["seeds"], ["record", "at"]], rowBytes);
  const text = `the rows of ${runs} ${runs === 1 ? "run" : "runs"} would take ${inBytes(bytes)} of memory, at most ${inBytes(mostRowBytes)} can be held`;
  return [{ path, text, value: valueAt(definition, path), hint: "record fewer points, or run fewer seeds at a time" }];
}

/** Rows of the runs that end by their number of steps; the length of others is unknown. */
function rowBytes({ arms, seeds, stop, record: { pointsPerDecade: perDecade, at, probes } }: ExperimentDefinition): number {
  const rows = Object.values(arms).map((arm) => {
    const steps = arm.stop?.steps ?? stop.steps;
    return steps === undefined ? 0 : mostRecordPoints({ perDecade, ...(at && { at }) }, steps);
  });
  return rows.reduce((sum, count) => sum + count, 0) * seeds.length * bytesPerRow(probes.length);
}

/** Every size in the data set and the network. */
function sizePaths({ dataset, network }: ExperimentDefinition): Path[] {
  const below = (value: unknown, path: Path): Path[] => {
    if (typeof value === "number") return Number.isInteger(value) && value > 2 ? [path] : [];
    const isListOfData = path[0] === "dataset" && Array.isArray(value); // samples, means, singular values: no sizes
    if (typeof value !== "object" || value === null || isListOfData) return [];
    return Object.entries(value).flatMap(([key, entry]) => below(entry, [...path, Array.isArray(value) ? Number(key) : key]));
  };
  return [...below(dataset, ["dataset"]), ...below(network, ["network"])];
}

/** The place that is the main cause: the one that saves most when its number is 2, or its list holds one entry. */
function cause(definition: ExperimentDefinition, paths: readonly Path[], cost: (definition: ExperimentDefinition) => number): Path {
  const saved = paths.flatMap((path) => {
    const now = valueAt(definition, path);
    return now === undefined ? [] : [{ path, cost: cost(replaced(definition, path, Array.isArray(now) ? now.slice(0, 1) : 2)) }];
  });
  return saved.reduce((best, one) => (one.cost < best.cost ? one : best)).path;
}

function replaced(definition: ExperimentDefinition, path: Path, value: unknown): ExperimentDefinition {
  const copy = plainTree(definition) as ExperimentDefinition;
  const holder = valueAt(copy, path.slice(0, -1)) as Record<PropertyKey, unknown>;
  holder[path.at(-1)!] = value;
  return copy;
}

/** "283 GB" */
function inBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB", "PB"];
  const power = Math.min(Math.max(Math.floor(Math.log10(bytes) / 3), 0), units.length - 1);
  return `${Number((bytes / 1000 ** power).toPrecision(3))} ${units[power]}`;
}
