import { isSteepestError } from "@steepest/core";

/** What the process tells its caller. */
export const exitCode = {
  done: 0,
  claimFailed: 1,
  usage: 2,
  badData: 3,
  diverged: 4,
  environment: 5,
  storage: 6,
  owned: 7,
  bug: 70,
  interrupted: 75,
} as const;

const byErrorCode: Readonly<Record<string, number>> = {
  DEFINITION: exitCode.usage,
  DIMENSION: exitCode.usage,
  DATA: exitCode.badData,
  KERNEL_LOAD: exitCode.environment,
  ARENA_FULL: exitCode.environment,
  WORKER_CRASH: exitCode.environment,
  SUBJECT: exitCode.environment,
  PAGE_NOT_BUILT: exitCode.environment,
  PORT: exitCode.environment,
  STORAGE: exitCode.storage,
  RUN_OWNED: exitCode.owned,
  INTERRUPTED: exitCode.interrupted,
};

export function exitCodeOf(error: unknown): number {
  return isSteepestError(error) ? (byErrorCode[error.code] ?? exitCode.bug) : exitCode.bug;
}
