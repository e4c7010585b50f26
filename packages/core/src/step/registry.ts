import { backtrackingMember } from "./backtracking.js";
import { constantMember } from "./constant.js";
import { cosineMember } from "./cosine.js";
import { linearDecayMember } from "./linearDecay.js";
import { lineSearchMember } from "./lineSearch.js";
import { lossBasedMember } from "./lossBased.js";
import { marginPacedMember } from "./marginPaced.js";
import { powerLawMember } from "./powerLaw.js";
import type { StepRuleMember } from "./stepRule.js";
import { warmUpMember } from "./warmUp.js";

export { type BacktrackingOptions, backtracking } from "./backtracking.js";
export { constant } from "./constant.js";
export { cosine } from "./cosine.js";
export { linearDecay } from "./linearDecay.js";
export { type LineSearchOptions, lineSearch } from "./lineSearch.js";
export { type LossBasedOptions, lossBased } from "./lossBased.js";
export { type MarginPacedOptions, marginPaced } from "./marginPaced.js";
export { powerLaw } from "./powerLaw.js";
export type { ScheduleOptions } from "./schedule.js";
export { warmUp } from "./warmUp.js";

const members = {
  constant: constantMember as StepRuleMember,
  powerLaw: powerLawMember as StepRuleMember,
  lossBased: lossBasedMember as StepRuleMember,
  marginPaced: marginPacedMember as StepRuleMember,
  warmUp: warmUpMember as StepRuleMember,
  cosine: cosineMember as StepRuleMember,
  linearDecay: linearDecayMember as StepRuleMember,
  backtracking: backtrackingMember as StepRuleMember,
  lineSearch: lineSearchMember as StepRuleMember,
};

export type StepRuleId = keyof typeof members;

/** Every step rule by its id, in the order in which reports list them. Adding one: its file and a line here. */
export const stepRules: Readonly<Record<StepRuleId, StepRuleMember>> = members;
