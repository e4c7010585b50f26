import { refuse } from "./refuse.js";

/** Largest number of bytes that a file may unpack to, or that its numbers may take as doubles, where nothing else is said. */
export const mostBytes: number = 2 ** 30;

/**
 * Refuses sizes that a file declares and no reader should allocate.
 *
 * @param name   the name of the file
 * @param bytes  the bytes that its header promises
 * @param most   the largest number of them
 * @param what   the sizes in words: "60000 x 784 values"
 * @throws DataError
 */
export function requireBytes(name: string, bytes: number, most: number, what: string): void {
  if (bytes <= most) return;
  refuse(name, `${what} take ${bytes} bytes, at most ${most} are read`, "split the file, or leave out samples or columns", bytes);
}
