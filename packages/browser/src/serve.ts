export type { HostKind } from "./message/message.js";
export { workerFault } from "./page/workerFault.js";
export { type Host, loadHost } from "./worker/loadHost.js";
export { serveTraining } from "./worker/serveTraining.js";
