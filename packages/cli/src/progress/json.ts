import { commandHint, commandMessage } from "../hints.js";
import { jsonText } from "../jsonText.js";
import type { Progress } from "./progress.js";

/** One JSON object per line, for machines. */
export function jsonProgress(stream: NodeJS.WritableStream): Progress {
  const say = (event: string, fields: Readonly<Record<string, unknown>>): void => {
    stream.write(`${jsonText({ event, ...fields }, 0)}\n`);
  };
  return {
    begin: (counts) => say("begin", counts),
    remark: (text) => say("warning", { what: "data", text }),
    wait: ({ arm, seed }, { pid, host, since }) => say("wait", { arm, seed, owner: { pid, host, since } }),
    start: ({ arm, seed }) => say("start", { arm, seed }),
    resume: ({ arm, seed }, step, folder) => say("resume", { arm, seed, step, folder }),
    unkept: ({ arm, seed }, { code, message }) => say("unkept", { arm, seed, code, message: commandMessage(message) }),
    row: ({ arm, seed }, row) => say("row", { arm, seed, row }),
    step: ({ arm, seed }, step, logRisk) => say("step", { arm, seed, step, logRisk }),
    warn: ({ arm, seed }, { what, step, value, advice }) => say("warning", { arm, seed, what, step, value, advice }),
    finish: ({ arm, seed }, outcome) => say("finish", { arm, seed, outcome }),
    fail: ({ arm, seed }, { code, message, hint }) =>
      say("fail", { arm, seed, code, message: commandMessage(message), hint: commandHint(hint) }),
    end: () => say("end", {}),
  };
}
