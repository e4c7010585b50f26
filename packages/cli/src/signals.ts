import type { exitCode } from "./exitCode.js";

/*
 * Imported before everything else, and loads nothing: a signal that comes while the rest is still loading must end the program as well.
 */

const interrupted: (typeof exitCode)["interrupted"] = 75;

/**
 * Signals that ask for an end: Ctrl-C, `kill`, a terminal that closes, and the warnings that batch systems send before they kill (SIGUSR1 and SIGUSR2 of
 * Slurm and Grid Engine, SIGXCPU of a limit of processor time; SIGUSR1 would open Node's debugger). SIGBREAK is Ctrl-Break of Windows.
 */
const endingSignals: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP", "SIGUSR1", "SIGUSR2", "SIGXCPU", "SIGBREAK"];

/** One Ctrl-C may come twice: from the terminal, and passed on by npm. */
const sameAskMilliseconds = 200;

/** The reaction of unfinished work to the first signal. */
export type Heeder = (signal: NodeJS.Signals) => void;

let heeder: Heeder | undefined;
let asked: number | undefined;

function onSignal(name: NodeJS.Signals): void {
  const now = performance.now();
  if (asked !== undefined && now - asked < sameAskMilliseconds) return;
  if (asked === undefined && heeder !== undefined) {
    asked = now;
    heeder(name);
    return;
  }
  process.stderr.write(`error interrupted by ${name}\n`);
  process.exit(interrupted);
}

/**
 * Makes each of the signals end the program: with the heeder's help the first time, at once the second time or where there is nothing to tidy up.
 * The listeners stay until the end: libraries that tidy up a terminal take a signal whose listeners are their own for one that nobody handles, and
 * send it again.
 */
export function heedSignals(): void {
  for (const name of endingSignals) process.on(name, onSignal);
}

/** Gives the signals back to the system, which ends the program at once: for code of others in this thread, beside which no listener might be called. */
export function giveSignalsBack(): void {
  for (const name of endingSignals) process.off(name, onSignal);
}

/** Sets the heeder that is told of the first signal; undefined: there is nothing to tidy up. */
export function setHeeder(next: Heeder | undefined): void {
  heeder = next;
}

/** True once one of the signals has come. */
export function wasAskedToEnd(): boolean {
  return asked !== undefined;
}
