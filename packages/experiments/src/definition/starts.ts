import { isSteepestError, type Network } from "@steepest/core";
import type { DatasetFiles } from "../dataset/dataset.js";
import { datasetSchema } from "../dataset/registry.js";
import { endsOf } from "../network/ends.js";
import { type GivenInit, givenInit } from "../network/init.js";
import { buildNetwork, networkSchema } from "../network/registry.js";
import { givenFile, givenWeights } from "../weights/initialWeights.js";
import { type Path, setAt, valueAt } from "./path.js";
import { plainTree } from "./plainTree.js";

/** Initial weights that a definition from outside takes from a file, and where it says so. */
interface Start {
  readonly path: Path;
  readonly init: GivenInit;
}

/** The well formed ones: of the network, and of arms. */
function startsIn(tree: unknown): Start[] {
  const arms = valueAt(tree, ["arms"]);
  const names = typeof arms === "object" && arms !== null ? Object.keys(arms) : [];
  return [["network", "init"], ...names.map((name) => ["arms", name, "init"])].flatMap((path) => {
    const init = givenInit(valueAt(tree, path));
    return init ? [{ path, init }] : [];
  });
}

/** The places of initial weights whose file has not been read. */
export const unreadStarts = (tree: unknown): Path[] => startsIn(tree).flatMap(({ path, init }) => (init.facts ? [] : [path]));

/** The network of a definition; undefined where it, or the data set, is not well formed. */
function networkOf(tree: unknown): Network | undefined {
  const network = networkSchema.safeParse(valueAt(tree, ["network"]));
  const dataset = datasetSchema.safeParse(valueAt(tree, ["dataset"]));
  if (!network.success || !dataset.success) return undefined;
  try {
    return buildNetwork(network.data, endsOf(dataset.data));
  } catch (error) {
    if (!isSteepestError(error)) throw error;
    return undefined; // parsing says why
  }
}

/** A definition with the facts of its files of initial weights, which are those of its network. @throws DataError */
export async function resolvedStarts(value: unknown, files: DatasetFiles): Promise<unknown> {
  const starts = startsIn(value);
  if (starts.length === 0) return value;
  const tree = plainTree(value);
  const network = networkOf(tree);
  for (const { path, init } of starts) {
    const { bytes, sha256 } = await givenFile(init, files);
    if (network) await givenWeights(init, network, bytes);
    setAt(tree, path, { ...init, facts: { sha256 } });
  }
  return tree;
}
