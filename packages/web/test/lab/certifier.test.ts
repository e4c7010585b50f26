import { expect, test } from "vitest";
import type { CertificateAnswer, CertificateQuestion } from "../../src/certificate/message.js";
import { Certifier } from "../../src/lab/certifier.js";
import type { Laboratory } from "../../src/lab/laboratory.js";
import { small } from "../engine/setups.js";
import { laboratory, bench as silent } from "./fakeWorker.js";

interface Started {
  readonly questions: CertificateQuestion[];
  isEnded: boolean;
  onmessage?: (event: { readonly data: CertificateAnswer }) => void;
  onerror?: (event: { readonly message: string }) => void;
}

/** A certifier whose workers are the test. */
function bench(lab: Laboratory) {
  const workers: Started[] = [];
  const certifier = new Certifier(lab, {
    start: () => {
      const worker: Started & Pick<Worker, "postMessage" | "terminate"> = {
        questions: [],
        isEnded: false,
        postMessage: (question: CertificateQuestion) => void worker.questions.push(structuredClone(question)),
        terminate: () => {
          worker.isEnded = true;
        },
      };
      workers.push(worker);
      return worker as unknown as Worker;
    },
    faultOf: async () => "certificate.js answered with status 404",
  });
  return { certifier, workers };
}

const found = { kind: "certified", text: "{}", weightsText: "{}", document: {} } as Extract<CertificateAnswer, { kind: "certified" }>;

async function loaded(): Promise<Laboratory> {
  const lab = laboratory();
  lab.change({ ...small, steps: 100 });
  lab.rewind();
  await expect.poll(() => lab.activity.value).toBe("ready");
  return lab;
}

const started = (workers: readonly Started[], count: number) => expect.poll(() => workers.length).toBe(count);

test("a question goes to a worker of its own, with the weights of the moment, and the worker is ended with its answer", async () => {
  const lab = await loaded();
  const { certifier, workers } = bench(lab);
  const answered = certifier.ask({ arm: 1, norm: "linf" });
  expect(certifier.asked.value).toEqual({ arm: 1, norm: "linf" });
  await started(workers, 1);
  const [{ norm, moment, definitionHash, run }] = workers[0]!.questions as [CertificateQuestion];
  expect({ norm, definitionHash, seed: run.seed }).toEqual({ norm: "linf", definitionHash: undefined, seed: small.seed });
  expect(moment.weights).toEqual(lab.loaded.value!.initialWeights);
  workers[0]!.onmessage!({ data: found });
  await answered;
  expect([workers[0]!.isEnded, certifier.asked.value, certifier.found.value.length]).toEqual([true, undefined, 1]);
  certifier.drop(certifier.found.value[0]!);
  expect(certifier.found.value).toEqual([]);
});

test("weights of a run that has ended bear the hash of its definition", async () => {
  const lab = await loaded();
  lab.start();
  await expect.poll(() => lab.activity.value, { timeout: 20_000 }).toBe("over");
  const { certifier, workers } = bench(lab);
  void certifier.ask({ arm: 0, norm: "l2" });
  await started(workers, 1);
  expect(workers[0]!.questions[0]!.definitionHash).toMatch(/^[0-9a-f]{64}$/);
  certifier.cancel();
});

test("cancel ends the worker and tells of nothing, and so does another question or another race", async () => {
  const lab = await loaded();
  const { certifier, workers } = bench(lab);
  const first = certifier.ask({ arm: 0, norm: "l2" });
  await started(workers, 1);
  certifier.cancel();
  await first;
  expect([workers[0]!.isEnded, certifier.asked.value, certifier.refused.value]).toEqual([true, undefined, undefined]);
  const second = certifier.ask({ arm: 0, norm: "l2" });
  await started(workers, 2);
  const third = certifier.ask({ arm: 1, norm: "l2" });
  await second;
  await started(workers, 3);
  expect([workers[1]!.isEnded, certifier.asked.value]).toEqual([true, { arm: 1, norm: "l2" }]);
  workers[2]!.onmessage!({ data: found });
  await third;
  expect(certifier.found.value).toHaveLength(1);
  const fourth = certifier.ask({ arm: 1, norm: "l2" });
  await started(workers, 4);
  certifier.forget();
  await fourth;
  expect([workers[3]!.isEnded, certifier.asked.value, certifier.found.value]).toEqual([true, undefined, []]);
});

test("weights that another race has taken the place of are waited for no longer", async () => {
  const { lab, orders } = silent();
  const { certifier, workers } = bench(lab);
  const asked = certifier.ask({ arm: 1, norm: "l2" });
  expect(orders).toMatchObject([{ kind: "moment", arm: 1 }]);
  lab.change({ ...small, seed: 8 });
  await asked;
  expect([certifier.asked.value, certifier.refused.value, workers.length]).toEqual([undefined, undefined, 0]);
  lab.rewind(); // no other one on its own
});

test("a margin that is not positive, a failure and a worker that does not start are told", async () => {
  const lab = await loaded();
  const { certifier, workers } = bench(lab);
  const refusalAfter = async (act: (worker: Started) => void) => {
    const count = workers.length;
    const asked = certifier.ask({ arm: 0, norm: "l2" });
    await started(workers, count + 1);
    act(workers.at(-1)!);
    await asked;
    return certifier.refused.value;
  };
  const noMargin = { kind: "noMargin", minMargin: [-1, -1], sample: 3 } as const;
  expect(await refusalAfter((worker) => worker.onmessage!({ data: noMargin }))).toEqual({ arm: 0, norm: "l2", step: 0, answer: noMargin });
  const failed = (message: string) => ({ answer: { kind: "failed", problem: { message } } });
  expect(await refusalAfter((worker) => worker.onerror!({ message: "out of memory" }))).toMatchObject(failed("out of memory"));
  expect(await refusalAfter((worker) => worker.onerror!({ message: "" }))).toMatchObject(failed("certificate.js answered with status 404"));
  expect(workers.every(({ isEnded }) => isEnded)).toBe(true);
});
