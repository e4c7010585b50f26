import type { PointsChoice } from "@steepest/experiments";
import { readCsv } from "./csv.js";
import { isNpy, readNpy } from "./npy.js";
import { TableError } from "./tableError.js";

const kinds = "a CSV table, or one array that numpy.save wrote (.npy; .npz archives are not read)";

/**
 * Samples from a file, by its content and not by how its name ends.
 *
 * @throws TableError  whose message begins with the name
 */
export function readTable(name: string, bytes: Uint8Array): PointsChoice {
  try {
    return samplesIn(bytes);
  } catch (error) {
    if (error instanceof TableError) throw new TableError(`${name}: ${error.message}`, error.hint);
    throw error;
  }
}

function samplesIn(bytes: Uint8Array): PointsChoice {
  if (isNpy(bytes)) return readNpy(bytes);
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2]! <= 8; // "PK" and a record's number
  if (isZip) throw new TableError("the file is a zip archive, as .npz and .xlsx are", kinds);
  if (bytes.includes(0)) throw new TableError("the file is not text", kinds);
  return readCsv(new TextDecoder().decode(bytes));
}
