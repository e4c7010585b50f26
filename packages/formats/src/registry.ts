import { cifar10 } from "./cifar10/cifar10.js";
import { csv } from "./csv/csv.js";
import { idx } from "./idx/idx.js";
import { libsvm } from "./libsvm/libsvm.js";
import { npy } from "./npy/npy.js";
import { npz } from "./npy/npz.js";
import { parquet } from "./parquet/parquet.js";
import type { Format } from "./table/format.js";

/** Every format that is read, in the order in which files are asked for one; a table of text is what no other recognises. Adding one: its file and a line here. */
export const formats: Readonly<Record<FormatId, Format>> = { npy, npz, parquet, idx, cifar10, libsvm, csv };

/** Id of a format. */
export type FormatId = "npy" | "npz" | "parquet" | "idx" | "cifar10" | "libsvm" | "csv";
