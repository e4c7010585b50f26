import type { ColumnMetaData, DecodedArray, PageHeader, SchemaElement } from "hyparquet";
import { parquetHeader, readPage } from "hyparquet/src/column.js";
import { DEFAULT_PARSERS } from "hyparquet/src/convert.js";
import { requireBytes } from "../check/bound.js";
import { refuse } from "../check/refuse.js";
import { crc32 } from "../zip/crc32.js";
import type { Codec, Unpack } from "./codec/codec.js";
import { plainTexts } from "./deltaTexts.js";
import { checkDeltas, checkRuns, mostPageValues } from "./pageCheck.js";
import { ThriftCheck } from "./thrift.js";

const hint = "the file is corrupt; write or download it again";
const encodingHint = "plain values, a dictionary, differences or split bytes: the defaults of DuckDB, pandas, polars and R";

/** A column of a row group. */
export interface Chunk {
  /** The name of the file and of the column, for messages. */
  readonly name: string;
  readonly root: SchemaElement;
  readonly element: SchemaElement;
  readonly metadata: ColumnMetaData;
  readonly rows: number;
}

/** Compression of the pages of a column, and the function that unpacks them. */
export interface Unpacker {
  readonly codec: Codec;
  readonly unpack: Unpack;
}

/** Bytes that a column may still unpack to, over all groups of rows. */
export interface Budget {
  left: number;
}

/** Encodings whose sizes are checked before hyparquet allocates. */
const encodings: ReadonlySet<string> = new Set([
  "PLAIN",
  "PLAIN_DICTIONARY",
  "RLE_DICTIONARY",
  "RLE",
  "DELTA_BINARY_PACKED",
  "DELTA_LENGTH_BYTE_ARRAY",
  "DELTA_BYTE_ARRAY",
  "BYTE_STREAM_SPLIT",
]);

/**
 * The values of a column of a row group, page by page: hyparquet decodes them, after every length that it would allocate was checked against the bytes that
 * there are.
 *
 * @param bytes     the file
 * @param chunk     the column
 * @param unpacker  unpacks its pages
 * @param budget    the bytes that they may unpack to; what they took is taken from it
 * @returns raw values by page, undefined where one is missing
 * @throws DataError
 */
export function* pagesOf(
  bytes: Uint8Array,
  { name, root, element, metadata, rows }: Chunk,
  unpacker: Unpacker,
  budget: Budget,
): Generator<DecodedArray, void> {
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
    const packed: number | undefined = header.compressed_page_size;
    if (packed === undefined) refuse(name, `byte ${at}: a page that does not say how many bytes it has`, hint);
    if (!(packed >= 0 && packed <= end - next))
      refuse(name, `byte ${at}: a page of ${packed} bytes, of which ${end - next} are left`, hint, packed);
    let plain = unpackedPage(name, bytes.subarray(next, next + packed), header, unpacker, budget);
    const count = valuesOf(header);
    if (count !== undefined && !(count >= 0 && count <= mostPageValues)) refuse(name, `byte ${at}: a page of ${count} values`, hint, count);
    if (header.data_page_header || header.data_page_header_v2) {
      if (count! > rows - seen) refuse(name, `byte ${at}: a page of ${count} values, of which ${rows - seen} are left`, hint, count);
      plain = checkedPage(name, plain, { type: metadata.type, isOptional, most: budget.left });
    } else if (header.dictionary_page_header && dictionary) refuse(name, `byte ${at}: a second dictionary`, hint);
    const { page } = plain;
    const reader = { view: new DataView(page.buffer, page.byteOffset, page.byteLength), offset: 0 };
    const { data } = readPage(reader, plain.header, decoder as never, dictionary, undefined, 0);
    if (plain.header.type === "DICTIONARY_PAGE") dictionary = data;
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
function unpackedPage(name: string, packed: Uint8Array, header: PageHeader, { codec, unpack }: Unpacker, budget: Budget): PlainPage {
  const size = header.uncompressed_page_size;
  if (!(size >= 0 && size <= codec.mostTimes * packed.length + 64)) {
    refuse(name, `a page of ${packed.length} bytes promises ${size} when unpacked`, hint, size);
  }
  requireBytes(name, size, Math.min(budget.left, codec.mostBytes ?? budget.left), "values of a page");
  budget.left -= size;
  if (header.crc !== undefined && header.crc >>> 0 !== crc32(packed))
    refuse(name, "a page has another CRC-32 than its header promises", hint);
  const v2 = header.data_page_header_v2;
  const levels = v2 ? v2.definition_levels_byte_length + v2.repetition_levels_byte_length : 0;
  if (!(levels >= 0 && levels <= packed.length && levels <= size) || (v2 && v2.repetition_levels_byte_length !== 0)) {
    refuse(name, `a page of ${packed.length} bytes promises ${levels} of levels`, hint, levels);
  }
  const content = packed.subarray(levels);
  const isPacked = v2?.is_compressed !== false && size > levels;
  const values = isPacked ? unpack(name, content, size - levels) : content.subarray(0, size === levels ? 0 : undefined);
  if (values.length !== size - levels) refuse(name, `a page of ${values.length + levels} bytes promises ${size}`, hint, size);
  const page = new Uint8Array(levels + values.length);
  page.set(packed.subarray(0, levels));
  page.set(values, levels);
  const length = page.length;
  return {
    page,
    header: {
      ...header,
      compressed_page_size: length,
      uncompressed_page_size: length,
      ...(v2 && { data_page_header_v2: { ...v2, is_compressed: false } }),
    },
  };
}

/** A page without compression and its header. */
interface PlainPage {
  readonly page: Uint8Array;
  readonly header: PageHeader;
}

/** A page after a check of what it holds, to be decoded. */
function checkedPage(
  name: string,
  { page, header }: PlainPage,
  { type, isOptional, most }: { readonly type: string; readonly isOptional: boolean; readonly most: number },
): PlainPage {
  const [v1, v2] = [header.data_page_header, header.data_page_header_v2];
  const { num_values: count, encoding } = (v1 ?? v2)!;
  if (!encodings.has(encoding)) refuse(name, `is encoded as ${encoding}`, encodingHint, encoding);
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
  } else if (encoding === "DELTA_BYTE_ARRAY") {
    if (type !== "BYTE_ARRAY") refuse(name, `holds values of type ${type} that are encoded as ${encoding}`, encodingHint, encoding);
    const texts = plainTexts(name, page, at, count, most);
    const [length, plain] = [texts.length, { encoding: "PLAIN" as const }];
    return {
      page: texts,
      header: {
        ...header,
        compressed_page_size: length,
        uncompressed_page_size: length,
        ...(v1 ? { data_page_header: { ...v1, ...plain } } : { data_page_header_v2: { ...v2!, ...plain } }),
      },
    };
  } else if (encoding.startsWith("DELTA") && count > 0) checkDeltas(name, page, at);
  return { page, header };
}
