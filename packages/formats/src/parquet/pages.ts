import type { ColumnMetaData, DecodedArray, PageHeader, SchemaElement } from "hyparquet";
import { parquetHeader, readPage } from "hyparquet/src/column.js";
import { DEFAULT_PARSERS } from "hyparquet/src/convert.js";
import { decompressPage } from "hyparquet/src/datapage.js";
import { refuse } from "../check/refuse.js";
import { gunzip } from "../zip/gunzip.js";
import { checkDeltas, checkRuns, mostPageValues } from "./pageCheck.js";
import { unsnappy } from "./snappy.js";
import { ThriftCheck } from "./thrift.js";

const hint = "the file is corrupt; write or download it again";

/** A column of a row group. */
export interface Chunk {
  /** The name of the file and of the column, for messages. */
  readonly name: string;
  readonly root: SchemaElement;
  readonly element: SchemaElement;
  readonly metadata: ColumnMetaData;
  readonly rows: number;
}

/** Snappy makes at most so many bytes of one, gzip 1032. */
const mostTimes = { UNCOMPRESSED: 1, SNAPPY: 32, GZIP: 1032 } as Readonly<Record<string, number>>;

/** Encodings whose sizes are checked before hyparquet allocates. */
const encodings: ReadonlySet<string> = new Set([
  "PLAIN",
  "PLAIN_DICTIONARY",
  "RLE_DICTIONARY",
  "RLE",
  "DELTA_BINARY_PACKED",
  "DELTA_LENGTH_BYTE_ARRAY",
  "BYTE_STREAM_SPLIT",
]);

/**
 * The values of a column of a row group, page by page: hyparquet decodes them, after every length that it would allocate was checked against the bytes that
 * there are.
 *
 * @param bytes  the file
 * @param chunk  the column
 * @param most   the most bytes that a page may unpack to
 * @returns raw values by page, undefined where one is missing
 * @throws DataError
 */
export function* pagesOf(bytes: Uint8Array, { name, root, element, metadata, rows }: Chunk, most: number): Generator<DecodedArray, void> {
  const [start, end] = rangeOf(name, bytes, metadata);
  const isOptional = element.repetition_type !== "REQUIRED";
  const bare = {
    name: element.name,
    type: element.type,
    type_length: element.type_length,
    repetition_type: element.repetition_type,
  } as SchemaElement;
  const leaf = { count: 1, element: bare, children: [], path: [element.name] };
  const schemaPath = [{ count: 2, element: root, children: [leaf], path: [] }, leaf];
  const decoder = {
    ...metadata,
    pathInSchema: [element.name],
    element: bare,
    schemaPath,
    codec: "UNCOMPRESSED" as const,
    parsers: DEFAULT_PARSERS,
    utf8: false,
    type: metadata.type,
  };
  let dictionary: DecodedArray | undefined;
  let at = start;
  let seen = 0;
  while (seen < rows) {
    if (at >= end) refuse(name, `byte ${end}: ${seen} of ${rows} values, then its pages end`, hint, seen);
    const next = new ThriftCheck(name, bytes, at, end).struct();
    const header = parquetHeader({ view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: at });
    const packed = header.compressed_page_size;
    if (!(packed >= 0 && packed <= end - next))
      refuse(name, `byte ${at}: a page of ${packed} bytes, of which ${end - next} are left`, hint, packed);
    const { page, plain } = unpackedPage(name, bytes.subarray(next, next + packed), header, metadata.codec, most);
    const count = valuesOf(header);
    if (count !== undefined && !(count >= 0 && count <= mostPageValues)) refuse(name, `byte ${at}: a page of ${count} values`, hint, count);
    if (header.data_page_header || header.data_page_header_v2) {
      if (count! > rows - seen) refuse(name, `byte ${at}: a page of ${count} values, of which ${rows - seen} are left`, hint, count);
      checkPage(name, page, plain, { type: metadata.type, isOptional });
    } else if (header.dictionary_page_header && dictionary) refuse(name, `byte ${at}: a second dictionary`, hint);
    const reader = { view: new DataView(page.buffer, page.byteOffset, page.byteLength), offset: 0 };
    const { data } = readPage(reader, plain, decoder as never, dictionary, undefined, 0);
    if (plain.type === "DICTIONARY_PAGE") dictionary = data;
    else if (data) {
      if (data.length !== count) refuse(name, `byte ${at}: a page of ${data.length} values promises ${count}`, hint, data.length);
      seen += data.length;
      yield data;
    }
    at = next + packed;
  }
}

/** The bytes of the pages of a column. */
function rangeOf(
  name: string,
  bytes: Uint8Array,
  { data_page_offset, dictionary_page_offset, total_compressed_size }: ColumnMetaData,
): [number, number] {
  const data = Number(data_page_offset);
  const dictionary = Number(dictionary_page_offset ?? 0);
  const start = dictionary > 0 && dictionary < data ? dictionary : data;
  const end = start + Number(total_compressed_size);
  if (!(start >= 4 && end <= bytes.length && end > start))
    refuse(name, `bytes ${start} to ${end} are its pages, the file has ${bytes.length}`, hint, end);
  return [start, end];
}

function valuesOf({ data_page_header, data_page_header_v2, dictionary_page_header }: PageHeader): number | undefined {
  return (data_page_header ?? data_page_header_v2 ?? dictionary_page_header)?.num_values;
}

/** A page without compression, in memory of its own, and the header that it has then. */
function unpackedPage(
  name: string,
  packed: Uint8Array,
  header: PageHeader,
  codec: string,
  most: number,
): { readonly page: Uint8Array; readonly plain: PageHeader } {
  const times = mostTimes[codec];
  if (times === undefined)
    return refuse(
      name,
      `is compressed with ${codec}`,
      "Snappy, gzip or no compression: COPY ... (FORMAT parquet, COMPRESSION snappy)",
      codec,
    );
  const size = header.uncompressed_page_size;
  if (!(size >= 0 && size <= most && size <= times * packed.length + 64)) {
    refuse(name, `a page of ${packed.length} bytes promises ${size} when unpacked`, hint, size);
  }
  const v2 = header.data_page_header_v2;
  const levels = v2 ? v2.definition_levels_byte_length + v2.repetition_levels_byte_length : 0;
  if (!(levels >= 0 && levels <= packed.length && levels <= size) || (v2 && v2.repetition_levels_byte_length !== 0)) {
    refuse(name, `a page of ${packed.length} bytes promises ${levels} of levels`, hint, levels);
  }
  const isPacked = codec !== "UNCOMPRESSED" && v2?.is_compressed !== false && size > levels;
  const content = packed.subarray(levels);
  const compressors = {
    GZIP: (input: Uint8Array) => gunzip(name, input, most),
    SNAPPY: (input: Uint8Array, length: number) => unsnappy(name, input, length),
  };
  const values = isPacked ? decompressPage(content, size - levels, codec as never, compressors) : content;
  const page = new Uint8Array(levels + values.length);
  page.set(packed.subarray(0, levels));
  page.set(values, levels);
  const length = page.length;
  return {
    page,
    plain: {
      ...header,
      compressed_page_size: length,
      uncompressed_page_size: length,
      ...(v2 && { data_page_header_v2: { ...v2, is_compressed: false } }),
    },
  };
}

/** Checks what a page holds before it is decoded. */
function checkPage(
  name: string,
  page: Uint8Array,
  header: PageHeader,
  { type, isOptional }: { readonly type: string; readonly isOptional: boolean },
): void {
  const [v1, v2] = [header.data_page_header, header.data_page_header_v2];
  const { num_values: count, encoding } = (v1 ?? v2)!;
  if (!encodings.has(encoding))
    refuse(
      name,
      `is encoded as ${encoding}`,
      "plain values, a dictionary, or differences of numbers: the defaults of DuckDB, pandas and R",
      encoding,
    );
  let at = v2 ? v2.definition_levels_byte_length : 0;
  if (isOptional) {
    if (v1) {
      if (page.length < 4) refuse(name, `a page of ${page.length} bytes`, hint, page.length);
      at = 4 + new DataView(page.buffer).getUint32(0, true);
    }
    checkRuns(name, page, v1 ? 4 : 0, 1, count);
  }
  if (v2 && !(v2.num_nulls >= 0 && v2.num_nulls <= count))
    refuse(name, `a page of ${count} values, ${v2.num_nulls} of them missing`, hint, v2.num_nulls);
  if (encoding === "RLE") checkRuns(name, page, at + 4, 1, count);
  else if (encoding.endsWith("DICTIONARY")) {
    if (type === "BOOLEAN") checkRuns(name, page, at + 4, 1, count);
    else checkRuns(name, page, at + 1, page[at] ?? 0, count);
  } else if (encoding.startsWith("DELTA") && count > 0) checkDeltas(name, page, at);
}
