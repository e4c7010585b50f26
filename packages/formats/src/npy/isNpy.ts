const magic = [0x93, ...Array.from("NUMPY", (char) => char.charCodeAt(0))];

/**
 * Tells arrays that NumPy saved.
 *
 * @param bytes  the beginning of a file
 * @returns true for the magic bytes of an .npy file
 */
export const isNpy = (bytes: Uint8Array): boolean => magic.every((byte, i) => bytes[i] === byte);
