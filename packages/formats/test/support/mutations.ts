/** A generator of integers below a bound (xorshift32). */
export function integers(seed: number): (below: number) => number {
  let state = seed >>> 0 || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

type Mutation = (bytes: Uint8Array, pick: (below: number) => number) => Uint8Array;

const spliced = (bytes: Uint8Array, at: number, removed: number, added: Uint8Array): Uint8Array => {
  const result = new Uint8Array(bytes.length - removed + added.length);
  result.set(bytes.subarray(0, at));
  result.set(added, at);
  result.set(bytes.subarray(at + removed), at + added.length);
  return result;
};

const texts = ["nan", "inf", "1e999", '"', ",", "\n", "\t", "-", "999999999999", "0x1", ":", "#", "'shape': (9999999999, 9)", "True"];

/** Changes of a file: bits, bytes, lengths, cuts, parts that are repeated, moved or replaced by words. */
const mutations: readonly Mutation[] = [
  (bytes, pick) => {
    const result = bytes.slice();
    for (let k = pick(4); k >= 0; k--) result[pick(result.length)]! ^= 1 << pick(8);
    return result;
  },
  (bytes, pick) => {
    const result = bytes.slice();
    for (let k = pick(3); k >= 0; k--) result[pick(result.length)] = [0, 1, 127, 128, 254, 255][pick(6)]!;
    return result;
  },
  (bytes, pick) => {
    const result = bytes.slice();
    const value = [0xffffffff, 0x7fffffff, 0x80000000, 0x10000000, 0, 0x00ffffff][pick(6)]!;
    if (result.length >= 4) new DataView(result.buffer).setUint32(pick(result.length - 3), value, pick(2) === 0);
    return result;
  },
  (bytes, pick) => bytes.slice(0, pick(bytes.length)),
  (bytes, pick) => {
    const at = pick(bytes.length);
    return spliced(bytes, at, Math.min(pick(16) + 1, bytes.length - at), new Uint8Array(0));
  },
  (bytes, pick) => {
    const from = pick(bytes.length);
    return spliced(bytes, pick(bytes.length), 0, bytes.slice(from, from + pick(64) + 1));
  },
  (bytes, pick) => spliced(bytes, pick(bytes.length), pick(2), new TextEncoder().encode(texts[pick(texts.length)]!)),
  (bytes, pick) => {
    const varint = Uint8Array.of(255, 255, 255, 255, 7).subarray(pick(4));
    const at = pick(bytes.length);
    return spliced(bytes, at, Math.min(varint.length, bytes.length - at), varint);
  },
];

/** A mutant of a file: one change, or a few. */
export function mutant(bytes: Uint8Array, pick: (below: number) => number): Uint8Array {
  let result = bytes;
  for (let k = pick(3); k >= 0; k--) if (result.length > 0) result = mutations[pick(mutations.length)]!(result, pick);
  return result;
}
