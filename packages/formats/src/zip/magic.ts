/**
 * Tells gzip files.
 *
 * @param bytes  the beginning of a file
 * @returns true for the magic bytes of gzip
 */
export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/**
 * Tells zip archives.
 *
 * @param bytes  the beginning of a file
 * @returns true for "PK" and the number of a record
 */
export const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] !== undefined && bytes[2] <= 8;
