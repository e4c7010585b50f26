import { basename, isAbsolute, relative, sep } from "node:path";
import { formats } from "@steepest/formats";

const endings = new RegExp(
  `\\.(${Object.values(formats)
    .flatMap(({ extensions }) => extensions)
    .join("|")}|bin|idx)$`,
  "i",
);

/** Names that Windows keeps for devices. */
const device = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

/** The id of an experiment on a data file: its name without its ending, as a folder can be called. */
export function idOf(file: string): string {
  const stem = basename(file).replace(/\.gz$/i, "").replace(endings, "");
  const id = stem
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^A-Za-z0-9_-]+/g, "-")
    .replace(/^[_-]+|[_-]+$/g, "")
    .slice(0, 60)
    .replace(/[_-]+$/, "");
  return id === "" || device.test(id) ? `data${id && `-${id}`}` : id;
}

/** A path as a definition in `folder` writes it: relative, with slashes. */
export function pathFrom(folder: string, path: string): string {
  const found = relative(folder, path) || ".";
  return isAbsolute(found) ? found : found.split(sep).join("/"); // on another drive of Windows no relative path leads there
}
