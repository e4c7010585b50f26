export { type Host, loadHost } from "./loadHost.js";
export type { HostKind } from "./message.js";
export { serveTraining } from "./serveTraining.js";
export { workerFault } from "./workerFault.js";
