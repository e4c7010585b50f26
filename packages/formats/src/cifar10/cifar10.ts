import type { Format } from "../table/format.js";
import { cifar10RecordBytes } from "./parseCifar10.js";

/** Images of the binary version of CIFAR-10. Nothing at the beginning of a file says so: its length does, and the end of its name. */
export const cifar10: Format = {
  id: "cifar10",
  title: "CIFAR-10, binary version",
  extensions: ["bin"],
  recognises: ({ name, bytes }) => /\.bin$/i.test(name) && bytes.length > 0 && bytes.length % cifar10RecordBytes === 0 && bytes[0]! < 10,
  read: async (file, options) => (await import("./cifar10Table.js")).cifar10Table(file, options),
};
