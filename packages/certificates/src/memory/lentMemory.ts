import type { KernelFactory, Kernels } from "@steepest/kernels";

/** Memories whose questions are answered, by the factory that made them. */
const idle = new WeakMap<KernelFactory, Kernels[]>();

/** Idle memories that a factory keeps, and the bytes of each at most: others are left to the engine. */
const mostIdle = 8;
const mostBytes = 2 ** 24;

/** The room that a memory has for each byte that is asked for, at most: 16, or two pages. */
const mostRoom = (byteLength: number): number => Math.max(16 * byteLength, 2 ** 17);

const roomOf = ({ buffer, arenaBase }: Kernels): number => buffer.byteLength - arenaBase;

/**
 * Does work with memories that are lent: when it has ended, later work gets them again. Engines reserve gigabytes of addresses for a memory of any size and do not
 * notice soon that one is no longer used, so that a page that asks a hundred questions would end without.
 *
 * @param factory  makes what is not there
 * @param work     called with the factory of lent memories, zeroed like new ones; nothing that it gives back may refer to them
 * @returns what the work gives
 */
export async function withLentMemory<T>(factory: KernelFactory, work: (kernels: KernelFactory) => Promise<T>): Promise<T> {
  const spare = idle.get(factory) ?? [];
  idle.set(factory, spare);
  const lent: Kernels[] = [];
  const lend: KernelFactory = (byteLength) => {
    if (byteLength === 0) return factory(0);
    const at = spare.findIndex((one) => roomOf(one) >= byteLength && roomOf(one) <= mostRoom(byteLength));
    const [kernels] = at < 0 ? [factory(byteLength)] : spare.splice(at, 1);
    if (at >= 0) new Uint8Array(kernels!.buffer, kernels!.arenaBase).fill(0);
    lent.push(kernels!);
    return kernels!;
  };
  try {
    return await work(lend);
  } finally {
    const kept = lent.filter((one) => roomOf(one) <= mostBytes);
    spare.push(...kept.slice(0, Math.max(0, mostIdle - spare.length)));
  }
}
