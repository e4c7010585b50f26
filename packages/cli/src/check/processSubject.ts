import { once } from "node:events";
import { MessageChannel, receiveMessageOnPort, Worker } from "node:worker_threads";
import type { SteepestError } from "@steepest/core";
import { brandError } from "@steepest/core/internal";
import { SubjectLost } from "@steepest/laws";
import { decodeJson } from "@steepest/node";
import { type Answer, type Heard, heardCell } from "./conversation.js";
import type { Foreign } from "./foreign.js";

/** A foreign process that could not be started, ended, kept silent, or answered something else than JSON. */
export class ProcessError extends SubjectLost implements SteepestError {
  readonly code = "SUBJECT";
  readonly path = "--subject";
  readonly value: unknown;
  readonly hint = "it must answer each line of JSON on stdin with one on stdout";
  override readonly name = "ProcessError";
  constructor(command: string, what: string, value?: unknown) {
    super(`subject exec:${command}: ${what}`);
    this.value = value;
    brandError(this);
  }
}

export interface ProcessSubject {
  readonly foreign: Foreign;
  close(): Promise<void>;
}

/**
 * A subject in another process, asked synchronously: another thread owns the process, this one sleeps until it has heard a line. The protocol stands
 * in the README of @steepest/laws.
 *
 *   -> {"id":0,"call":"hello","args":[]}          <- {"id":0,"value":{"members":["norm","dualNorm","lmo"]}}
 *   -> {"id":1,"call":"norm","args":[[3,-4]]}     <- {"id":1,"value":5}   or   {"id":1,"error":"..."}
 *
 * Closing ends the command and every process that it started and that stayed in its process group.
 *
 * @param patienceSeconds  how long an answer may take
 * @throws ProcessError
 */
export async function startProcessSubject(command: string, patienceSeconds: number): Promise<ProcessSubject> {
  const signal = new SharedArrayBuffer(4);
  const cell = new Int32Array(signal);
  const { port1: port, port2 } = new MessageChannel();
  const thread = new Worker(new URL("./processThread.js", import.meta.url), {
    workerData: { command, signal, port: port2 },
    transferList: [port2],
  });
  const ended = once(thread, "exit");
  let next = 0;

  const hear = (): Heard => {
    const deadline = performance.now() + 1000 * patienceSeconds;
    for (;;) {
      const seen = Atomics.load(cell, heardCell);
      const received = receiveMessageOnPort(port);
      if (received) return received.message as Heard;
      const left = deadline - performance.now();
      if (left <= 0) throw new ProcessError(command, `gave no answer within ${patienceSeconds} s`);
      Atomics.wait(cell, heardCell, seen, left);
    }
  };

  const ask = (call: string, args: readonly unknown[]): unknown => {
    const id = next++;
    port.postMessage(JSON.stringify({ id, call, args }, toJson));
    const heard = hear();
    if ("lost" in heard) throw new ProcessError(command, heard.lost);
    const answer = parse(command, heard.line);
    if (answer.id !== id) throw new ProcessError(command, `answered request ${answer.id}, expected an answer to ${id}`, heard.line);
    if (answer.error !== undefined) throw new Error(answer.error); // a wrong answer, which refutes a law
    return answer.value;
  };

  const close = async (): Promise<void> => {
    port.postMessage(null);
    await ended;
  };
  try {
    return { foreign: foreign(command, ask), close };
  } catch (error) {
    await close();
    throw error;
  }
}

function foreign(command: string, ask: (call: string, args: readonly unknown[]) => unknown): Foreign {
  const refuse = (what: string, value: unknown): never => {
    throw new ProcessError(command, what, value);
  };
  const said = ask("hello", []);
  if (typeof said !== "object" || said === null || Array.isArray(said))
    return refuse(`answered hello with ${shown(said)}, expected an object`, said);
  const hello = said as Readonly<Record<string, unknown>>;
  return {
    hello,
    members: Array.isArray(hello.members) ? hello.members.map(String) : [],
    refuse,
    number: (call, ...args) => {
      const value = ask(call, args);
      return typeof value === "number" ? value : refuse(`answered ${call} with ${shown(value)}, expected a number`, value);
    },
    vector: (length, call, ...args) => {
      const value = ask(call, args);
      const fits = Array.isArray(value) && (length === undefined ? value.length > 0 : value.length === length);
      if (fits && value.every((entry) => typeof entry === "number")) return Float64Array.from(value);
      return refuse(`answered ${call} with ${shown(value)}, expected ${length ?? "some"} numbers`, value);
    },
  };
}

/** An answer as one line of a message; long ones are cut. */
function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 80 ? `${text.slice(0, 80)}...` : text;
}

const jsonNumber = (x: number): number | string => (Object.is(x, -0) ? "-0" : Number.isFinite(x) ? x : String(x));

function toJson(_key: string, value: unknown): unknown {
  if (value instanceof Float64Array) return Array.from(value);
  return typeof value === "number" ? jsonNumber(value) : value;
}

function parse(command: string, line: string): Answer {
  try {
    const answer = decodeJson(line);
    if (typeof answer === "object" && answer !== null && "id" in answer) return answer as Answer;
  } catch {
    // told below, like JSON that is no answer
  }
  throw new ProcessError(command, `answered ${JSON.stringify(line.slice(0, 80))}, expected a line of JSON with an id`, line);
}
