import type { StepRule } from "@steepest/core";
import type { Choice } from "../definition/choice.js";

/** A step rule of definitions: its form `V` there, and the rule of the core that is built from that. */
export type StepRuleMember<V> = Choice<V, StepRule>;

/** A step rule of definitions whose type follows from its schema. */
export const stepRuleMember = <V>(member: StepRuleMember<V>): StepRuleMember<V> => member;
