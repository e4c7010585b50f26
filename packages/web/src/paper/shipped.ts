import { type DatasetDefinition, datasets, filesReadBy, type ImageCollection } from "@steepest/experiments";

/** The kind of data whose images are shipped with the page: the pair of the paper's figure 2. */
export const shippedKind: DatasetDefinition["kind"] = "mnistPair";

/** The collections of images of which the page has some. */
export const shippedCollections: readonly ImageCollection[] = filesReadBy(datasets[shippedKind].examples[0]);
