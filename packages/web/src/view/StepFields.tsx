import { type OptimizerChoice, rulesFor, type StepChoice, stepRules, stepStarts } from "@steepest/experiments";
import type { VNode } from "preact";
import { isExplained } from "../explain/explanations.js";
import { stepName } from "../setup/choices.js";
import { ChoiceFields } from "./ChoiceFields.js";
import { ChoiceField } from "./Field.js";

interface StepProps {
  readonly step: StepChoice;
  /** Optimiser of the steps; only rules that fit it are offered. */
  readonly optimizer: OptimizerChoice;
  /** Path of the step rule in a definition. */
  readonly place: string;
  readonly refuses: (field: string, step: StepChoice) => string | undefined;
  readonly onChange: (step: StepChoice) => void;
}

/** Fields of an arm's step rule. */
export function StepFields({ step, optimizer, place, refuses, onChange }: StepProps): VNode {
  return (
    <>
      <ChoiceField
        label="step rule"
        what={isExplained(step.rule) ? step.rule : "stepRule"}
        value={step.rule}
        options={rulesFor(optimizer).map((rule) => [rule, stepName(rule)] as const)}
        onChange={(rule) => onChange(stepStarts[rule])}
      />
      <ChoiceFields
        key={step.rule}
        discriminator="rule"
        name={step.rule}
        value={step}
        place={place}
        refuses={(field, changed) => refuses(field, changed as StepChoice)}
        onChange={(changed) => onChange(changed as StepChoice)}
      />
      <p class="help">{stepRules[step.rule].summary}</p>
    </>
  );
}
