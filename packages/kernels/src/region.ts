import type { Kernels, Pointer } from "./abi.js";
import { ArenaFullError } from "./errors.js";
import type { Span } from "./span.js";

/** Something of a known size in kernel memory. */
export interface Sized {
  readonly bytes: number;
}

/** A stretch of kernel memory whose contents are undefined between calls. */
export interface Region extends Sized {
  readonly ptr: Pointer;
}

/** Pieces of a region by name: f64[length], or the bytes of something that cuts its own pieces. */
export type Pieces = Readonly<Record<string, number | Sized>>;

/** The pieces of a region in memory: a span for each length, a region for each size. */
export type Cut<P extends Pieces> = { readonly [K in keyof P]: P[K] extends number ? Span : Region };

const alignment = 64;
const aligned = (bytes: number): number => Math.ceil(bytes / alignment) * alignment;
const bytesOf = (piece: number | Sized): number => (typeof piece === "number" ? 8 * piece : piece.bytes);

/** Scratch memory as a value: its `bytes` go to the plan, its pieces to the binding, one after another, each 64-byte aligned. */
export class Scratch<P extends Pieces> implements Sized {
  readonly bytes: number;
  readonly #pieces: P;

  /**
   * Scratch of these pieces.
   *
   * @param pieces  number of doubles, or size in bytes, by name
   */
  constructor(pieces: P) {
    this.#pieces = pieces;
    this.bytes = Object.values(pieces).reduce<number>((sum, piece) => sum + aligned(bytesOf(piece)), 0);
  }

  /**
   * The pieces in a region.
   *
   * @param kernels  kernels in whose memory the region is
   * @param region   address and size
   * @returns f64[length] for each number, a region for each size, by name; contents are undefined between calls
   * @throws ArenaFullError  if the region is smaller than `bytes`
   */
  cut({ buffer }: Kernels, { ptr, bytes }: Region): Cut<P> {
    if (bytes < this.bytes) {
      throw new ArenaFullError(`Scratch: ${Object.keys(this.#pieces).join(", ")} need ${this.bytes} bytes, the region has ${bytes}`, {
        value: this.bytes,
        hint: "plan the scratch with the sizes that it is bound with",
      });
    }
    let next = ptr;
    const cut = Object.entries(this.#pieces).map(([name, piece]): [string, Span | Region] => {
      const at = next;
      next += aligned(bytesOf(piece));
      return [
        name,
        typeof piece === "number"
          ? { ptr: at, length: piece, view: new Float64Array(buffer, at, piece) }
          : { ptr: at, bytes: aligned(piece.bytes) },
      ];
    });
    return Object.fromEntries(cut) as unknown as Cut<P>;
  }
}

/**
 * The size of the largest of several uses that follow one another in one region.
 *
 * @param uses  sizes of the uses
 * @returns bytes of the largest; 0 of none
 */
export function largestOf(uses: readonly Sized[]): Sized {
  return { bytes: uses.reduce((largest, { bytes }) => Math.max(largest, bytes), 0) };
}

/**
 * A size in bytes, as the kernels' own scratch has it.
 *
 * @param count  number of bytes
 * @returns the size as a piece of `Scratch`
 */
export function bytes(count: number): Sized {
  return { bytes: count };
}

/**
 * Some entries of a span.
 *
 * @param span    f64[n]
 * @param offset  index of the first of them
 * @param length  their number
 * @returns f64[length] that shares the memory of the span
 */
export function partOf({ ptr, view }: Span, offset: number, length: number): Span {
  return { ptr: ptr + 8 * offset, length, view: view.subarray(offset, offset + length) };
}

/**
 * The address of an entry of a span.
 *
 * @param span   f64[n]
 * @param index  index of the entry
 * @returns address in bytes
 */
export function entryOf({ ptr }: Pick<Span, "ptr">, index: number): Pointer {
  return ptr + 8 * index;
}
