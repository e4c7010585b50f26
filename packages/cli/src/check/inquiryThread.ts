import { parentPort, workerData } from "node:worker_threads";
import { packError } from "@steepest/core/internal";
import { families } from "./families.js";
import type { Inquiry, Told } from "./inquiry.js";
import { openSubjects } from "./subjects.js";

async function answer({ families: ids, law, choice, moduleOptions, patienceSeconds, replay, ...options }: Inquiry): Promise<Told> {
  const chosen = families.filter(({ id }) => ids.includes(id));
  const { asked, close } = await openSubjects({ choice, moduleOptions, chosen, patienceSeconds });
  try {
    if (replay === undefined) return { kind: "checked", results: asked.flatMap((subject) => subject.check(law, options)) };
    const results = asked.map((subject) => ({ name: subject.name, ...subject.replay(law!, replay, options) }));
    return { kind: "replayed", results };
  } finally {
    await close();
  }
}

const told = await answer(workerData as Inquiry).catch((error: unknown): Told => ({ kind: "failed", error: packError(error) }));
parentPort!.postMessage(told);
