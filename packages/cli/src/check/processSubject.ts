import { MessageChannel, receiveMessageOnPort, Worker } from "node:worker_threads";
import { brandError, type SteepestError } from "@steepest/core";
import { type NormSubject, SubjectLost } from "@steepest/laws";
import { decodeJson, encodeNumber } from "@steepest/node";
import { type Answer, type Heard, heardCell } from "./conversation.js";

const patienceMilliseconds = 20_000;

/** A foreign process that could not be started, ended, kept silent, or answered something else than JSON. */
export class ProcessError extends SubjectLost implements SteepestError {
  declare readonly code: "SUBJECT";
  declare readonly path: string | undefined;
  declare readonly value: unknown;
  declare readonly hint: string | undefined;
  constructor(command: string, what: string, value?: unknown) {
    super(`subject exec:${command}: ${what}`);
    brandError(this, "SUBJECT", { path: "--subject", value, hint: "it must answer each line of JSON on stdin with one on stdout" });
  }
}

export interface ProcessSubject {
  readonly subject: NormSubject;
  close(): Promise<void>;
}

interface Hello {
  readonly members?: readonly string[];
  readonly dimension?: number;
}

const members = ["norm", "dualNorm", "lmo", "projectBall", "prox", "subgradientGap"] as const;

/**
 * A norm in another process, asked synchronously: another thread owns the process, this one sleeps until it has heard a line.
 *
 *   -> {"id":0,"call":"hello","args":[]}          <- {"id":0,"value":{"members":["norm","dualNorm","lmo"]}}
 *   -> {"id":1,"call":"norm","args":[[3,-4]]}     <- {"id":1,"value":5}   or   {"id":1,"error":"..."}
 *
 * @throws ProcessError
 */
export async function startProcessSubject(command: string): Promise<ProcessSubject> {
  const signal = new SharedArrayBuffer(4);
  const cell = new Int32Array(signal);
  const { port1: port, port2 } = new MessageChannel();
  const thread = new Worker(new URL("./processThread.js", import.meta.url), {
    workerData: { command, signal, port: port2 },
    transferList: [port2],
  });
  let next = 0;

  const hear = (): Heard => {
    const deadline = performance.now() + patienceMilliseconds;
    for (;;) {
      const seen = Atomics.load(cell, heardCell);
      const received = receiveMessageOnPort(port);
      if (received) return received.message as Heard;
      const left = deadline - performance.now();
      if (left <= 0) throw new ProcessError(command, `gave no answer within ${patienceMilliseconds / 1000} s`);
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
    port.close();
    await thread.terminate();
  };
  let hello: Hello | undefined;
  try {
    hello = ask("hello", []) as Hello | undefined;
    for (const needed of ["norm", "dualNorm", "lmo"]) {
      if (!hello?.members?.includes(needed)) throw new ProcessError(command, `does not offer ${needed} in its answer to "hello"`, hello);
    }
  } catch (error) {
    await close();
    throw error;
  }
  const offered = members.filter((member) => hello?.members?.includes(member));
  const functions = Object.fromEntries(
    offered.map((member) => [member, (...args: unknown[]) => result(member, ask(member, args), args[0])]),
  );
  const subject = { ...functions, ...(hello?.dimension !== undefined && { dimension: hello.dimension }) } as unknown as NormSubject;
  return { subject, close };

  function result(member: string, value: unknown, x: unknown): unknown {
    const wantsVector = member === "lmo" || member === "projectBall" || member === "prox";
    if (!wantsVector) {
      if (typeof value === "number") return value;
      throw new ProcessError(command, `answered ${member} with ${JSON.stringify(value)}, expected a number`, value);
    }
    const { length } = x as Float64Array;
    if (Array.isArray(value) && value.length === length && value.every((entry) => typeof entry === "number"))
      return Float64Array.from(value);
    throw new ProcessError(command, `answered ${member} with ${JSON.stringify(value)}, expected ${length} numbers`, value);
  }
}

function toJson(_key: string, value: unknown): unknown {
  if (value instanceof Float64Array) return Array.from(value);
  return typeof value === "number" ? JSON.parse(encodeNumber(value)) : value;
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
