import type { ModuleNorms } from "@steepest/core";
import { moduleNormsIn } from "../module/places.js";
import { normOfProbe, probeHint, probeOf, probes } from "../probe/probe.js";
import { mentions } from "./claim.js";
import type { ExperimentDefinition } from "./definition.js";
import { type Issue, isFormed, isSound } from "./issue.js";
import { suggestion } from "./nearest.js";
import type { Path } from "./path.js";

/** Issues of names that refer to nothing, and of arms whose names some file system takes for equal. Parts with other issues are left out. */
export function nameIssues({ arms, record, claims, figure }: ExperimentDefinition, found: readonly Issue[]): Issue[] {
  const issues: Issue[] = [];
  const requireName = (path: Path, what: string, name: string, choices: readonly string[], hint?: string): void => {
    if (!choices.includes(name)) {
      issues.push({ path, text: `there is no ${what} "${name}"`, value: name, hint: hint ?? suggestion(name, choices) });
    }
  };
  const armNames = isFormed(found, ["arms"]) ? Object.keys(arms) : undefined;
  const requireArm = (path: Path, arm: string): void => {
    if (armNames) requireName(path, "arm", arm, armNames);
  };
  issues.push(...sameFolders(armNames ?? []));
  const isResolved = !found.some(({ path }) => path.at(-1) === "facts");
  const modules = isResolved && isFormed(found, ["record"]) ? moduleNormsIn({ record }) : undefined;
  const written = isSound(found, ["record", "probes"]) ? record.probes : [];
  const requireProbe = (path: Path, probe: string): void => {
    if (!probeOf(probe)) requireName(path, "probe", probe, [...probes.keys()], probeHint(probe));
    else if (modules && normOfProbe(probe) && !normOfProbe(probe, modules))
      issues.push(noSuchModule(path, probe, moduleNormsIn({ arms, record })));
  };
  for (const [i, probe] of written.entries()) requireProbe(["record", "probes", i], probe);
  const isRecordKnown = written.length > 0 && written.every((probe) => probeOf(probe));
  const requireRecorded = (path: Path, probe: string): void => {
    if (isRecordKnown) requireName(path, "recorded probe", probe, written);
    else requireProbe(path, probe);
  };
  if (record?.certifyBelow !== undefined && isSound(found, ["record"])) {
    const path = ["record", "certifyBelow"];
    requireRecorded(path, "logRisk");
    if (isRecordKnown && !written.some((probe) => probeOf(probe)?.needsCertificate)) {
      const hint = "record kkt.bestTangentMarginRatio.own, or leave it out";
      issues.push({ path, text: "has no meaning where no probe of a certificate is recorded", value: record.certifyBelow, hint });
    }
  }
  for (const [i, claim] of (isFormed(found, ["claims"]) ? (claims ?? []) : []).entries()) {
    if (!isSound(found, ["claims", i])) continue;
    const mentioned = mentions(claim);
    for (const arm of mentioned.arms) requireArm(["claims", i], arm);
    for (const probe of mentioned.probes) requireRecorded(["claims", i], probe);
  }
  for (const [i, panel] of (isFormed(found, ["figure"]) ? (figure ?? []) : []).entries()) {
    if (!isSound(found, ["figure", i])) continue;
    requireRecorded(["figure", i, "probe"], panel.probe);
    if (panel.over === "depth") requireRecorded(["figure", i, "over"], "logRisk");
    for (const arm of Object.keys(panel.published ?? {})) requireArm(["figure", i, "published"], arm);
  }
  return issues;
}

/** The issue of a probe in a norm that no module of the definition exports. */
function noSuchModule(path: Path, probe: string, modules: ModuleNorms): Issue {
  const known = [...modules.keys()].map((id) => `module(${id})`);
  const hint = known.length > 0 ? `its modules have ${known.join(", ")}` : 'record.norms names more: [{ "module": "./my-norm.mjs" }]';
  return { path, text: `no module of the definition has the norm of "${probe}"`, value: probe, hint };
}

/** Run folders are named after arms, and some file systems do not tell "Sign" from "sign". */
function sameFolders(arms: readonly string[]): Issue[] {
  const seen = new Map<string, string>();
  return arms.flatMap((arm) => {
    const other = seen.get(arm.toLowerCase());
    seen.set(arm.toLowerCase(), arm);
    if (other === undefined) return [];
    return [
      {
        path: ["arms", arm],
        text: `differs from the arm "${other}" in case only`,
        value: arm,
        hint: "run folders are named after arms, and some file systems take both names for one: rename one of them",
      },
    ];
  });
}
