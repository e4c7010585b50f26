import { mostBytes } from "../check/bound.js";
import { refuse } from "../check/refuse.js";
import { byteTable } from "../table/byteTable.js";
import type { FileTable } from "../table/fileTable.js";
import type { NamedBytes, ReadOptions } from "../table/format.js";
import { gunzip } from "../zip/gunzip.js";
import { isGzip } from "../zip/magic.js";
import { parseIdx, parseIdxOf } from "./parseIdx.js";

/** The images of an IDX file, as `idx` says. @throws DataError */
export function idxTable({ name, bytes }: NamedBytes, { labels: labelFile, mostBytes: most = mostBytes }: ReadOptions): FileTable {
  const { shape, values } = parseIdx(bytes, name);
  const [count, height = 1, width] = shape as [number, number?, number?];
  const labels =
    labelFile &&
    parseIdxOf(isGzip(labelFile.bytes) ? gunzip(labelFile.name, labelFile.bytes, most) : labelFile.bytes, labelFile.name, "labels").values;
  if (labels && labels.length !== count) {
    refuse(name, `holds ${count} images, ${labelFile!.name} ${labels.length} labels`, "the two files of one part of the data", count);
  }
  const isImages = width !== undefined;
  const images = {
    count,
    pixels: values,
    ...(labels && { labels }),
    shape: { channels: 1, height: isImages ? height : 1, width: width ?? height },
  };
  const { image, ...table } = byteTable("idx", name, images, most);
  return { ...table, ...(isImages && image && { image }) };
}
