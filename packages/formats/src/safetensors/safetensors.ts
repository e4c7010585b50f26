import { requireBytes } from "../check/bound.js";
import { half } from "../check/half.js";
import { quoted } from "../check/number.js";
import { refuse } from "../check/refuse.js";
import { repeatedKey } from "./repeatedKey.js";

/** An array of numbers with its shape, in C order. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly values: Float64Array;
}

/** The content of a safetensors file. */
export interface Safetensors {
  /** Texts beside the tensors, by their names. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly tensors: Readonly<Record<string, Tensor>>;
}

/** Readers of one number, by the type that the header names. */
const types: Readonly<Record<string, { readonly bytes: number; readonly read: (view: DataView, at: number) => number }>> = {
  F64: { bytes: 8, read: (view, at) => view.getFloat64(at, true) },
  F32: { bytes: 4, read: (view, at) => view.getFloat32(at, true) },
  F16: { bytes: 2, read: (view, at) => half(view.getUint16(at, true)) },
  BF16: { bytes: 2, read: (view, at) => bfloat(view.getUint16(at, true)) },
};

const metadataName = "__metadata__";
/** Bytes of a header at most, by the format. */
const mostHeader = 100_000_000;
const scratch = new DataView(new ArrayBuffer(4));

/** The number whose upper 16 bits as an f32 these are. */
function bfloat(bits: number): number {
  scratch.setUint32(0, bits * 65_536);
  return scratch.getFloat32(0);
}

/**
 * A safetensors file: the length of a header as u64, the header as JSON, the data; all little-endian.
 *
 *   {"__metadata__": {name: text}, name: {"dtype": "F64", "shape": [2, 3], "data_offsets": [begin, end]}}
 *
 * Tensors stand in the order of their names. The same content has the same bytes. Source: the specification at github.com/huggingface/safetensors.
 *
 * @param content  tensors as F64, and texts
 * @returns the file
 */
export function safetensorsBytes({ metadata, tensors }: Safetensors): Uint8Array {
  const names = Object.keys(tensors).sort();
  let end = 0;
  const described = names.map((name) => {
    const { shape, values } = tensors[name]!;
    const begin = end;
    end += 8 * values.length;
    return [name, { dtype: "F64", shape, data_offsets: [begin, end] }] as const;
  });
  const texts = Object.fromEntries(Object.entries(metadata).sort(([a], [b]) => (a < b ? -1 : 1)));
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries([[metadataName, texts], ...described])));
  const headerBytes = 8 * Math.ceil(json.length / 8);
  const bytes = new Uint8Array(8 + headerBytes + end);
  bytes.fill(32, 8 + json.length, 8 + headerBytes);
  bytes.set(json, 8);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(headerBytes), true);
  let at = 8 + headerBytes;
  for (const name of names) {
    for (const value of tensors[name]!.values) {
      view.setFloat64(at, value, true);
      at += 8;
    }
  }
  return bytes;
}

/**
 * The content of a safetensors file. Numbers of 64, 32 and 16 bits become the doubles that they are.
 *
 * @param name   the name of the file
 * @param bytes  the file
 * @param most   the most bytes that its numbers may take as doubles
 * @returns tensors and texts; copies
 * @throws DataError  naming the byte or the tensor: a header that is none, another type, sizes that do not fit, bytes that belong to no tensor
 */
export function parseSafetensors(name: string, bytes: Uint8Array, most: number): Safetensors {
  const { header, start } = headerOf(name, bytes);
  const { [metadataName]: texts = {}, ...described } = header;
  const metadata = record(name, texts, metadataName);
  for (const [key, text] of Object.entries(metadata)) {
    if (typeof text !== "string") refuse(name, `${metadataName} has ${quoted(key)} that is no text`, "texts beside the tensors", text);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, bytes.byteLength - start);
  const places = Object.entries(described).map(([key, value]) => placeOf(name, key, value, view.byteLength));
  requireBytes(name, 8 * places.reduce((sum, { count }) => sum + count, 0), most, "its tensors");
  requireNoHoles(name, places, view.byteLength);
  const tensors = places.map(({ key, shape, type, begin, count }) => {
    const values = new Float64Array(count);
    for (let i = 0; i < count; i++) values[i] = type.read(view, begin + i * type.bytes);
    return [key, { shape, values }] as const;
  });
  return { metadata: metadata as Readonly<Record<string, string>>, tensors: Object.fromEntries(tensors) };
}

const hint = "a file that safetensors wrote";
const shortHint = "the file is not complete: copy or write it again";

function headerOf(name: string, bytes: Uint8Array): { readonly header: Readonly<Record<string, unknown>>; readonly start: number } {
  if (bytes.length < 8) refuse(name, `has ${bytes.length} bytes, expected at least the 8 of the header's length`, shortHint, bytes.length);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getBigUint64(0, true);
  if (length > BigInt(mostHeader))
    refuse(
      name,
      `bytes 0 to 7 promise a header of ${length} bytes, at most ${mostHeader} are allowed`,
      "a safetensors file",
      Number(length),
    );
  const start = 8 + Number(length);
  if (start > bytes.length)
    refuse(name, `ends at byte ${bytes.length} within its header, which goes to byte ${start}`, shortHint, bytes.length);
  if (bytes[8] !== 0x7b) refuse(name, `byte 8 is ${bytes[8]}, expected 123, the "{" of the header`, hint, bytes[8]);
  return { header: record(name, parsed(name, bytes.subarray(8, start)), "the header"), start };
}

/** The value of a header. */
function parsed(name: string, bytes: Uint8Array): unknown {
  try {
    const json = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    const value: unknown = JSON.parse(json);
    const twice = repeatedKey(json);
    if (twice !== undefined) refuse(name, `its header has the key ${quoted(twice)} twice`, hint, twice);
    return value;
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error;
    return refuse(name, `its header is not JSON: ${error.message}`, hint);
  }
}

function record(name: string, value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Readonly<Record<string, unknown>>;
  return refuse(name, `${what} is no object`, hint, value);
}

interface Place {
  readonly key: string;
  readonly shape: readonly number[];
  readonly type: (typeof types)[string];
  readonly begin: number;
  readonly end: number;
  readonly count: number;
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

function placeOf(name: string, key: string, value: unknown, length: number): Place {
  const what = `the tensor ${quoted(key)}`;
  const { dtype, shape, data_offsets: offsets } = record(name, value, what);
  const known = `numbers of the types ${Object.keys(types).join(", ")}: tensor.to(torch.float64)`;
  if (typeof dtype !== "string" || !Object.hasOwn(types, dtype))
    return refuse(name, `${what} is of type ${quoted(String(dtype))}`, known, dtype);
  const type = types[dtype]!;
  if (!Array.isArray(shape) || !shape.every(isCount)) return refuse(name, `${what} has no shape`, hint, shape);
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isCount))
    return refuse(name, `${what} has no data_offsets`, hint, offsets);
  const [begin, end] = offsets as [number, number];
  if (begin > end || end > length)
    return refuse(name, `${what} lies at bytes ${begin} to ${end} of the data, of which there are ${length}`, shortHint, offsets);
  const count = shape.reduce((product: number, size: number) => product * size, 1);
  if (count * type.bytes !== end - begin)
    return refuse(
      name,
      `${what} of shape ${shape.join(" x ")} takes ${count * type.bytes} bytes, its place has ${end - begin}`,
      hint,
      shape,
    );
  return { key, shape: shape as readonly number[], type, begin, end, count };
}

/** Every byte of the data belongs to one tensor. */
function requireNoHoles(name: string, places: readonly Place[], length: number): void {
  let next = 0;
  for (const { key, begin, end } of [...places].sort((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin !== next) refuse(name, `the tensor ${quoted(key)} begins at byte ${begin} of the data, expected ${next}`, hint, begin);
    next = end;
  }
  if (next !== length) refuse(name, `has ${length} bytes of data, its tensors take ${next}`, hint, length);
}
