import type { CertifyRunOptions, RunCertification } from "@steepest/certificates";
import { KernelLoadError } from "@steepest/core";
import { certificatesStamp } from "../message/buildStamp.js";
import type { CertificateFiles } from "../message/message.js";
import { missingHint } from "../message/missingHint.js";

/** The exports of `certificates.js`. */
interface CertificatesModule {
  readonly stamp: string;
  certifyRun(run: { parameters(): Promise<Float64Array> }, options: CertifyRunOptions): Promise<RunCertification>;
  highsAt(address: string): void;
}

/**
 * The certificate of weights, by the module at an address, which is loaded when the first is asked for.
 *
 * @throws KernelLoadError  naming the file, if the module or its solver cannot be loaded
 */
export async function runCertificate(
  weights: Float64Array,
  options: CertifyRunOptions,
  { script, solver }: CertificateFiles,
): Promise<RunCertification> {
  const { certifyRun, highsAt, stamp } = await moduleAt(script);
  if (stamp !== certificatesStamp) throw otherBuild(script, stamp);
  highsAt(solver);
  try {
    return await certifyRun({ parameters: async () => weights }, options);
  } catch (cause) {
    const { message } = cause as Error;
    throw message.startsWith("Aborted(") ? unusable(solver, "highs.wasm", cause as Error) : cause;
  }
}

async function moduleAt(script: string): Promise<CertificatesModule> {
  try {
    return (await import(/* @vite-ignore */ /* webpackIgnore: true */ script)) as CertificatesModule;
  } catch (cause) {
    throw unusable(script, "certificates.js", cause as Error);
  }
}

function otherBuild(address: string, stamp: string): KernelLoadError {
  return new KernelLoadError(`run.certificate: ${address} is of build ${stamp}, expected ${certificatesStamp} as the worker`, {
    path: address,
    value: stamp,
    hint: "copy certificates.js from the installed @steepest/browser, with its other files; mind what is cached",
  });
}

function unusable(address: string, file: string, cause: Error): KernelLoadError {
  return new KernelLoadError(`run.certificate: ${address} cannot be loaded: ${cause.message.replace(/\.+$/, "")}`, {
    path: address,
    cause,
    hint: missingHint(address, `serve ${file} of @steepest/browser there, or pass its address to createEngine`),
  });
}
