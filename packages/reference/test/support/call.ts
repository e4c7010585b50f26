import type { KernelFunctions, Kernels } from "@steepest/kernels";
import type { Argument } from "./recipes/recipe.js";

const guard = 64; // bytes of canary on either side of a piece

/** Placement of the arguments in memory. */
export interface Layout {
  /** For each piece in turn, true: it lies 8 bytes off a 16-byte boundary. */
  readonly shifts: readonly boolean[];
  /** Content of the memory around the pieces and of outputs: a NaN shows that it was read, an ordinary number that it was updated. */
  readonly canary: number;
}

/** The placement of examples by hand. */
export const aligned: Layout = { shifts: [false], canary: Number.NaN };

/** Results and side effects of a call. */
export interface Outcome {
  readonly returned: number | undefined;
  /** Contents of the `output` and `inout` pieces, in order of the arguments. */
  readonly outputs: readonly Float64Array[];
  /** Byte offsets, relative to the arena, that changed although they belong to no output: inputs, canaries. */
  readonly damaged: readonly number[];
}

/** Position of an argument, and permission for the kernel to write there. */
interface Piece {
  readonly offset: number;
  readonly bytes: number;
  readonly writable: boolean;
}

/** Calls a kernel with its arguments laid out in the memory of `kernels`, canaries around each. */
export function call(kernels: Kernels, name: keyof KernelFunctions, args: readonly Argument[], { shifts, canary }: Layout): Outcome {
  const { buffer, arenaBase } = kernels;
  const pieces: Piece[] = [];
  const outputs: Float64Array[] = [];
  let next = arenaBase;

  const reserve = (bytes: number, writable: boolean): number => {
    const shift = shifts[pieces.length % shifts.length] ? 8 : 0;
    const offset = Math.ceil((next + guard) / 16) * 16 + shift;
    next = offset + Math.ceil(bytes / 8) * 8 + guard;
    if (next > buffer.byteLength) throw new RangeError(`${name}: the arguments need ${next} bytes`);
    new Float64Array(buffer).fill(canary, offset / 8, next / 8);
    pieces.push({ offset, bytes, writable });
    return offset;
  };
  const place = (values: Float64Array | Int32Array | Uint32Array, writable: boolean): number => {
    const offset = reserve(values.byteLength, writable);
    new Uint8Array(buffer).set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), offset);
    return offset;
  };
  const written = (offset: number, length: number): number => {
    outputs.push(new Float64Array(buffer, offset, length));
    return offset;
  };

  const numbers: number[] = [];
  for (const argument of args) {
    switch (argument.kind) {
      case "number":
        numbers.push(argument.value);
        break;
      case "input":
        numbers.push(place(argument.values, false));
        break;
      case "output":
        numbers.push(written(reserve(argument.length * 8, true), argument.length));
        break;
      case "inout":
        numbers.push(written(place(argument.values, true), argument.values.length));
        break;
      case "alias":
        numbers.push(numbers[argument.of]!);
        break;
      case "scratch":
        numbers.push(reserve(argument.bytes, true));
        break;
      case "sparse": {
        const { start, index, values } = argument;
        numbers.push(place(Uint32Array.of(place(start, false), place(index, false), place(values, false)), false));
        break;
      }
    }
  }

  const before = new Uint8Array(buffer.slice(arenaBase, next));
  const returned = (kernels[name] as (...numbers: number[]) => number | undefined)(...numbers);
  const after = new Uint8Array(buffer.slice(arenaBase, next));
  for (const { offset, bytes, writable } of pieces) {
    if (writable) after.set(before.subarray(offset - arenaBase, offset - arenaBase + bytes), offset - arenaBase);
  }
  const damaged = Buffer.compare(before, after) === 0 ? [] : [...after.keys()].filter((i) => before[i] !== after[i]);
  return { returned, outputs: outputs.map((view) => view.slice()), damaged };
}
