export type { PointOptions, Run } from "@steepest/core";
export type { HostKind } from "./message/message.js";
export { type CustomEngineOptions, createEngine, type Engine, type EngineOptions } from "./page/engine.js";
export { WorkerCrashError } from "./page/errors.js";
