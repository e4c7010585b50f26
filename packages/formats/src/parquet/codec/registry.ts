import { gunzip } from "../../zip/gunzip.js";
import type { Codec } from "./codec.js";
import { unlz4, unlz4OfHadoop } from "./lz4.js";
import { unsnappy } from "./snappy.js";

/** Bytes that one byte of LZ4 adds to a length. */
const lz4Times = 255;
/** Zstandard makes blocks of 2^17 bytes of four. */
const zstdTimes = 2 ** 15;

/** Every compression that is read, by the name that Parquet gives it. Adding one: its file and a line here. */
export const codecs: Readonly<Record<string, Codec>> = {
  UNCOMPRESSED: { title: "no compression", mostTimes: 1, load: async () => (_, bytes) => bytes },
  SNAPPY: { title: "Snappy", mostTimes: 32, load: async () => unsnappy },
  GZIP: { title: "gzip", mostTimes: 1032, load: async () => (name, bytes, size) => gunzip(name, bytes, size) },
  ZSTD: { title: "Zstandard", mostTimes: zstdTimes, mostBytes: 2 ** 28, load: async () => (await import("./zstd.js")).startedZstd() },
  LZ4_RAW: { title: "LZ4", mostTimes: lz4Times, load: async () => unlz4 },
  LZ4: { title: "LZ4 of Hadoop", mostTimes: lz4Times, load: async () => unlz4OfHadoop },
};
