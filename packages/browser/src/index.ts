export { type CustomEngineOptions, createEngine, type Engine, type EngineOptions } from "./engine.js";
export { WorkerCrashError } from "./errors.js";
export type { HostKind } from "./message.js";
export type { PointOptions, Run } from "./run.js";
