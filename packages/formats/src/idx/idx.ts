import { mostBytes } from "../check/bound.js";
import { refuse } from "../check/refuse.js";
import { byteTable } from "../table/byteTable.js";
import type { Format } from "../table/format.js";
import { gunzip, isGzip } from "../zip/gunzip.js";
import { parseIdx, parseIdxOf } from "./parseIdx.js";

/** Images in an IDX file of unsigned bytes, with their labels in another. Of two dimensions: rows of bytes that are no images; of one: single bytes. */
export const idx: Format = {
  id: "idx",
  title: "an IDX file",
  extensions: ["idx", "idx1-ubyte", "idx3-ubyte", "idx1", "idx3"],
  recognises: ({ bytes: [a, b, c, d] }) => a === 0 && b === 0 && c !== undefined && c >= 8 && c <= 14 && d !== undefined && d > 0 && d < 32,
  read: async ({ name, bytes }, { labels: labelFile, mostBytes: most = mostBytes }) => {
    const { shape, values } = parseIdx(bytes, name);
    const [count, height = 1, width] = shape as [number, number?, number?];
    const labels =
      labelFile &&
      parseIdxOf(isGzip(labelFile.bytes) ? gunzip(labelFile.name, labelFile.bytes, most) : labelFile.bytes, labelFile.name, "labels")
        .values;
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
  },
};
