/** Constructors of memory, each of which tells what it is asked for. */
function watched<T extends object>(memory: T, bytesOf: (first: unknown) => number, tell: (bytes: number) => void): T {
  return new Proxy(memory, {
    construct: (target, args, newTarget) => {
      if (typeof args[0] === "number" && args.length === 1) tell(bytesOf(args[0]));
      return Reflect.construct(target as never, args, newTarget);
    },
  });
}

/** Replaces the constructors of memory by ones that tell the largest allocation. Modules that are loaded later see them. @returns reads and clears it */
export function watchMemory(): () => number {
  let largest = 0;
  const tell = (bytes: number): void => {
    largest = Math.max(largest, bytes);
  };
  const scope = globalThis as unknown as Record<string, object & { BYTES_PER_ELEMENT?: number }>;
  for (const name of ["ArrayBuffer", "Array", "Uint8Array", "Int32Array", "Uint32Array", "Float32Array", "Float64Array", "BigInt64Array"]) {
    const memory = scope[name]!;
    const size = name === "Array" ? 8 : (memory.BYTES_PER_ELEMENT ?? 1);
    scope[name] = watched(memory, (length) => size * (length as number), tell);
  }
  return () => {
    const told = largest;
    largest = 0;
    return told;
  };
}
