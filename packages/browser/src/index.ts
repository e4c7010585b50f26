export type { CertifiableRun as Run, RunCertificateOptions, RunCertification } from "@steepest/certificates";
export type { PointOptions } from "@steepest/core";
export type { HostKind } from "./message/message.js";
export { type CustomEngineOptions, createEngine, type Engine, type EngineOptions } from "./page/engine.js";
export { WorkerCrashError } from "./page/errors.js";
