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
 * @throws KernelLoadError  naming the file, if the module cannot be loaded or is of another build
 */
export async function runCertificate(
  weights: Float64Array,
  options: CertifyRunOptions,
  { script, solver }: CertificateFiles,
): Promise<RunCertification> {
  const { certifyRun, highsAt, stamp } = await moduleAt(script);
  if (stamp !== certificatesStamp) throw otherBuild(script, stamp);
  highsAt(solver);
  return certifyRun({ parameters: async () => weights }, options);
}

async function moduleAt(address: string): Promise<CertificatesModule> {
  try {
    return (await import(/* @vite-ignore */ /* webpackIgnore: true */ address)) as CertificatesModule;
  } catch (cause) {
    throw new KernelLoadError(`run.certificate: ${address} cannot be loaded: ${(cause as Error).message}`, {
      path: address,
      cause,
      hint: missingHint(address, "serve certificates.js of @steepest/browser there, or pass createEngine({ certificates })"),
    });
  }
}

function otherBuild(address: string, stamp: string): KernelLoadError {
  return new KernelLoadError(`run.certificate: ${address} is of build ${stamp}, expected ${certificatesStamp} as the worker`, {
    path: address,
    value: stamp,
    hint: "copy certificates.js from the installed @steepest/browser, with its other files; mind what is cached",
  });
}
