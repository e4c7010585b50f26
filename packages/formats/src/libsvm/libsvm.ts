import type { Format } from "../table/format.js";

/** A file of LIBSVM or SVMlight: a label and the entries that are not zero, per line. Which number the first feature has, 0 or 1, the options say. */
export const libsvm: Format = {
  id: "libsvm",
  title: "a LIBSVM file",
  extensions: ["libsvm", "svm", "svmlight"],
  recognises: ({ bytes }) => {
    const head = new TextDecoder().decode(bytes.subarray(0, 4096));
    const line = head.split(/[\r\n]+/).find((one) => one.trim() !== "" && !/^\s*#/.test(one)) ?? "";
    return /^\s*[-+]?[\d.]\S*(\s+qid:\d+)?\s+\d+:\s*[-+\d.]/.test(line);
  },
  read: async (file, options) => (await import("./libsvmTable.js")).libsvmTable(file, options),
};
