import type { DatasetDefinition } from "@steepest/experiments";

/** The kind of data whose images are shipped with the page: the pair of the paper's figure 2. */
export const shippedKind: DatasetDefinition["kind"] = "mnistPair";
