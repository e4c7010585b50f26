import { mostBytes } from "../check/bound.js";
import { byteTable } from "../table/byteTable.js";
import type { FileTable } from "../table/fileTable.js";
import type { NamedBytes, ReadOptions } from "../table/format.js";
import { parseCifar10 } from "./parseCifar10.js";

/** The images of a file of CIFAR-10. @throws DataError */
export function cifar10Table({ name, bytes }: NamedBytes, { mostBytes: most = mostBytes }: ReadOptions): FileTable {
  const { count, pixels, labels } = parseCifar10(bytes, name);
  return byteTable("cifar10", name, { count, pixels, labels, shape: { channels: 3, height: 32, width: 32 } }, most);
}
