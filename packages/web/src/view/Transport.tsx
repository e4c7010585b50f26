import type { VNode } from "preact";
import { recordedSteps } from "../lab/history.js";
import type { Activity, Laboratory } from "../lab/laboratory.js";
import { countText } from "./numberText.js";
import { What } from "./What.js";

const activityTexts: Readonly<Record<Activity, string>> = {
  preparing: "preparing",
  ready: "ready",
  running: "running",
  paused: "paused",
  over: "over",
  refused: "not possible as set up",
  waitingForFile: "waiting for the file",
};

function Scrubber({ lab }: { readonly lab: Laboratory }): VNode {
  lab.recorded.value;
  const steps = recordedSteps(lab.histories);
  const looking = lab.looking.value;
  const last = Math.max(steps.length - 1, 0);
  const place = looking === undefined ? last : Math.max(steps.indexOf(looking), 0);
  return (
    <div class="scrub">
      <label for="scrub">look back</label>
      <input
        id="scrub"
        type="range"
        min={0}
        max={last}
        step={1}
        value={place}
        disabled={steps.length < 2}
        aria-valuetext={`step ${steps[place] ?? 0}`}
        onInput={({ currentTarget }) => {
          const chosen = Number(currentTarget.value);
          lab.looking.value = chosen >= last ? undefined : steps[chosen];
        }}
      />
      <button type="button" class="quiet" disabled={looking === undefined} onClick={() => (lab.looking.value = undefined)}>
        back to now
      </button>
    </div>
  );
}

function Status({ lab }: { readonly lab: Laboratory }): VNode {
  lab.tick.value;
  const { activity, stepsPerSecond, looking } = lab;
  const steps = lab.setup.value.steps;
  return (
    <p class="status">
      <span role="status">{activityTexts[activity.value]}</span>
      <span class="step-count" data-testid="step">
        <What id="step">step</What> {countText(looking.value ?? lab.step)} of {countText(steps)}
      </span>
      {activity.value === "running" && stepsPerSecond.value > 0 && (
        <span class="rate">
          {countText(stepsPerSecond.value)} <What id="stepsPerSecond">steps/s</What>
        </span>
      )}
    </p>
  );
}

/** Controls that start, stop and rewind the race, and look back at it. */
export function Transport({ lab }: { readonly lab: Laboratory }): VNode {
  const activity = lab.activity.value;
  const running = activity === "running";
  const mayGo = activity === "ready" || activity === "paused";
  const mayStart = mayGo || activity === "preparing";
  return (
    <nav class="transport" aria-label="run the race">
      <div class="transport-buttons">
        <button type="button" class="main" disabled={!running && !mayStart} onClick={() => (running ? lab.pause() : lab.start())}>
          {running ? "Pause" : "Start"}
        </button>
        <button type="button" disabled={!mayGo} onClick={() => lab.singleStep()}>
          Single step
        </button>
        <button type="button" disabled={activity === "preparing" || activity === "waitingForFile"} onClick={() => lab.rewind()}>
          Rewind
        </button>
      </div>
      <Scrubber lab={lab} />
      <Status lab={lab} />
    </nav>
  );
}
