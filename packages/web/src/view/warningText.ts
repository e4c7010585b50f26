import type { TrainWarning } from "@steepest/core";
import { countText, shortNumber } from "./numberText.js";

export function warningText({ what, step, value, advice }: TrainWarning): string {
  switch (what) {
    case "chatter":
      return `From step ${countText(step)} on, single steps change sample margins by ${shortNumber(value)}: too long to follow the flow.`;
    case "softMarginFall":
      return `By step ${countText(step)}, the own soft margin, which theory expects to grow, had fallen by ${shortNumber(100 * value)} % of its peak: ${advice}.`;
    case "stagnation":
      return `By step ${countText(step)}, the log risk had gone up and down for ${countText(value)} steps without falling: ${advice}.`;
    case "deadSamples":
      return `At step ${countText(step)}, ${countText(value)} ${value === 1 ? "sample was" : "samples were"} out of reach of every unit.`;
    case "underflow":
      return `At step ${countText(step)}, no double held the score or gradient of ${countText(value)} ${value === 1 ? "sample" : "samples"}: too small. ${capital(advice)}.`;
    case "lostUpdates":
      return `At step ${countText(step)}, rounding swallowed the whole update: ${advice}.`;
    case "overdecay":
      return `By step ${countText(step)}, weight decay had taken ${shortNumber(value)} times the weights in one step, which turns them around: ${advice}.`;
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
