import type { Format } from "../table/format.js";

/** The beginning of a line with a label and an entry. */
const entry = /^\s*[-+]?[\d.][^\s:]*(\s+qid:\d+)?\s+\d+:\s*([-+\d.]|nan|inf)/i;

/** A file of LIBSVM or SVMlight: a label and the entries that are not zero, per line. Which number the first feature has, 0 or 1, the options say. */
export const libsvm: Format = {
  id: "libsvm",
  title: "a LIBSVM file",
  extensions: ["libsvm", "svm", "svmlight"],
  recognises: ({ bytes }) => {
    const head = new TextDecoder().decode(bytes.subarray(0, 4096));
    const lines = head.split(/[\r\n]+/).filter((line) => line.trim() !== "" && !/^\s*#/.test(line));
    const filled = lines.findIndex((line) => entry.test(line)); // samples before it may be all zero
    return filled >= 0 && lines.slice(0, filled).every((line) => /^\s*[-+]?[\d.]\S*\s*(#.*)?$/.test(line));
  },
  read: async (file, options) => (await import("./libsvmTable.js")).libsvmTable(file, options),
};
