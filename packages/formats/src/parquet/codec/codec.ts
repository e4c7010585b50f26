/**
 * Unpacks a page.
 *
 * @param name   the name of the file and of the column, for messages
 * @param bytes  the compressed page
 * @param size   bytes that it must unpack to
 * @returns the unpacked page, `size` bytes
 * @throws DataError  if it is not intact
 */
export type Unpack = (name: string, bytes: Uint8Array, size: number) => Uint8Array;

/** A compression of pages. */
export interface Codec {
  /** Its name in messages. */
  readonly title: string;
  /** Bytes that it makes of one at most: no page is unpacked that promises more. */
  readonly mostTimes: number;
  /** Bytes of the largest page; absent: none is too large. */
  readonly mostBytes?: number;
  /**
   * Loads it, if it stands in a file of its own.
   *
   * @returns the function that unpacks
   */
  load(): Promise<Unpack>;
}
