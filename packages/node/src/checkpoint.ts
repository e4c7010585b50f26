import { createHash } from "node:crypto";
import { canonicalJson, DataError, decodeJson } from "@steepest/core";
import { changedRunHint } from "@steepest/core/internal";
import { parseSafetensors, safetensorsBytes } from "@steepest/formats/binary";
import { textHash } from "./hashOf.js";

/** A state of a run, to go on from. */
export interface Checkpoint {
  /** Plain data. */
  readonly state: unknown;
  /** Arrays by name. */
  readonly numbers: Readonly<Record<string, Float64Array>>;
}

/** The run that a checkpoint is one of, and the rows that it had made. */
export interface CheckpointPlace {
  /** Hash of definition.json. */
  readonly definitionHash: string;
  /** `numerics` of environment.json; absent: there is none. */
  readonly numerics?: string | undefined;
  readonly rowCount: number;
  /** SHA-256 of those rows of rows.jsonl. */
  readonly rowsHash: string;
  /** true: the run came to its end by its stop rule here, and one with a later stop goes on. */
  readonly isEnd: boolean;
}

/** The content of a checkpoint file. */
export interface PlacedCheckpoint {
  readonly checkpoint: Checkpoint;
  readonly place: CheckpointPlace;
}

/** Bytes of arrays at most. */
const mostBytes = 2 ** 33;

/** The texts beside the tensors, but for the hash of all. */
type Texts = Readonly<Record<"place" | "state", string>>;

/** SHA-256 over the canonical JSON of the texts and of the hashes of all arrays. */
function contentHash(texts: Texts, numbers: Checkpoint["numbers"]): string {
  const arrays = Object.fromEntries(
    Object.entries(numbers).map(([name, { buffer, byteOffset, byteLength }]) => [
      name,
      createHash("sha256")
        .update(new Uint8Array(buffer, byteOffset, byteLength))
        .digest("hex"),
    ]),
  );
  return textHash(canonicalJson({ ...texts, arrays }));
}

/** A checkpoint as a safetensors file. @throws DefinitionError  if the state is not plain data */
export function checkpointBytes({ checkpoint: { state, numbers }, place }: PlacedCheckpoint): Uint8Array {
  const texts: Texts = { place: canonicalJson(place), state: canonicalJson(state) };
  return safetensorsBytes({
    metadata: { ...texts, sha256: contentHash(texts, numbers) },
    tensors: Object.fromEntries(Object.entries(numbers).map(([name, values]) => [name, { shape: [values.length], values }])),
  });
}

/**
 * The content of a checkpoint file.
 *
 * @param path   path of the file, for messages
 * @param bytes  the file
 * @returns the checkpoint, whole and unchanged
 * @throws DataError  if it is damaged, or none
 */
export function parseCheckpoint(path: string, bytes: Uint8Array): PlacedCheckpoint {
  const { metadata, tensors } = parseSafetensors(path, bytes, mostBytes);
  const { place = "", state = "", sha256 } = metadata;
  const numbers = Object.fromEntries(Object.entries(tensors).map(([name, { values }]) => [name, values]));
  const found = contentHash({ place, state }, numbers);
  if (sha256 !== found) {
    throw DataError.at(path, `is damaged: its content has SHA-256 ${found}, expected ${sha256 ?? "one in its metadata"}`, {
      value: found,
      hint: changedRunHint,
    });
  }
  return { checkpoint: { state: decodeJson(state), numbers }, place: decodeJson(place) as CheckpointPlace };
}
