export { type Host, loadHost } from "./worker/loadHost.js";
export type { HostKind } from "./message/message.js";
export { serveTraining } from "./worker/serveTraining.js";
export { workerFault } from "./page/workerFault.js";
