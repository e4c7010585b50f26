import { isSteepestError } from "@steepest/core";

/** Exit codes of the process. */
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
  RESOURCE: exitCode.environment,
  SUBJECT: exitCode.environment,
  PAGE_NOT_BUILT: exitCode.environment,
  PORT: exitCode.environment,
  MISSING_PACKAGE: exitCode.environment,
  STORAGE: exitCode.storage,
  RUN_COMPLETE: exitCode.storage,
  RUN_OWNED: exitCode.owned,
  INTERRUPTED: exitCode.interrupted,
};

/** Exit codes from best to worst: verdicts on measurements, errors of the input, refusals of the machine, bugs, interruptions. */
const badness: readonly number[] = [
  exitCode.done,
  exitCode.claimFailed,
  exitCode.diverged,
  exitCode.usage,
  exitCode.badData,
  exitCode.owned,
  exitCode.environment,
  exitCode.storage,
  exitCode.bug,
  exitCode.interrupted,
];

/** The worst exit code of a command that did several things; from best to worst 0, 1, 4, 2, 3, 7, 5, 6, 70, 75. */
export function worstOf(codes: readonly number[]): number {
  return badness.findLast((code) => codes.includes(code)) ?? exitCode.done;
}

export function exitCodeOf(error: unknown): number {
  return isSteepestError(error) ? (byErrorCode[error.code] ?? exitCode.bug) : exitCode.bug;
}
