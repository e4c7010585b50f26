import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Certifier } from "../lab/certifier.js";
import type { Laboratory } from "../lab/laboratory.js";
import { droppedFiles } from "../runFolder/droppedFiles.js";
import { OpenRuns } from "../runFolder/openRuns.js";
import { armNames } from "../setup/definition.js";
import { setupFault } from "../setup/setupFault.js";
import { ArmCard } from "./ArmCard.js";
import { ArmControls } from "./ArmControls.js";
import { Banners } from "./Banners.js";
import { CertificatePanel } from "./CertificatePanel.js";
import { DataControls, openFile } from "./DataControls.js";
import { Refusal, Section } from "./Field.js";
import { HomogeneityNote } from "./HomogeneityNote.js";
import { LatePhase } from "./LatePhase.js";
import { LensPanel } from "./LensPanel.js";
import { NetworkControls } from "./NetworkControls.js";
import { PaperPanel } from "./PaperPanel.js";
import { RunFolders } from "./RunFolders.js";
import { TakeAway } from "./TakeAway.js";
import { Transport } from "./Transport.js";
import { WeightsPanel } from "./WeightsPanel.js";
import { ExplanationDialog } from "./What.js";

const roomForControls = matchMedia("(min-width: 900px)").matches;

const openRuns = new OpenRuns();

/** Opens the recorded runs of a dropped folder; any other file is weights, to measure or to start at, or a table to race on. */
async function openDropped(lab: Laboratory, { items, files }: DataTransfer): Promise<void> {
  const isFolder = Array.from(items).some((item) => item.webkitGetAsEntry()?.isDirectory);
  if (isFolder) await openRuns.openFiles(await droppedFiles(items));
  else if (files[0]) await openFile(lab, files[0]);
}

/** Lets files be dropped anywhere on the page. */
function useDroppedFiles(lab: Laboratory): boolean {
  const [hovering, setHovering] = useState(false);
  useEffect(() => {
    const over = (event: DragEvent): void => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      setHovering(true);
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setHovering(false);
    };
    const drop = (event: DragEvent): void => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      setHovering(false);
      openDropped(lab, event.dataTransfer).catch(reportError);
    };
    document.addEventListener("dragover", over);
    document.addEventListener("dragleave", leave);
    document.addEventListener("drop", drop);
    return () => {
      document.removeEventListener("dragover", over);
      document.removeEventListener("dragleave", leave);
      document.removeEventListener("drop", drop);
    };
  }, [lab]);
  return hovering;
}

/**
 * Keeps the setup in the address, so that reloading the page or copying the address keeps it; the previous one while no race is possible as set up;
 * nothing where it has no room, and then the page says so.
 */
function useAddress(lab: Laboratory): void {
  const setup = lab.setup.value;
  const { replay, linkProblem } = lab;
  useEffect(() => {
    if (replay.value || linkProblem.value || setupFault(setup) !== undefined) return;
    const { fragment } = lab.setupLink();
    const behind = fragment === "" ? "" : `#${fragment}`;
    if (behind !== location.hash) history.replaceState(null, "", `${location.pathname}${location.search}${behind}`);
  }, [setup, replay.value, linkProblem.value]);
}

function Controls({ lab }: { readonly lab: Laboratory }): VNode {
  return (
    <aside class="controls" aria-label="setup of the race">
      <Refusal.Provider value={lab.problem.value}>
        <Section title="Data" open={roomForControls}>
          <DataControls lab={lab} />
        </Section>
        <Section title="Optimisers" open={roomForControls}>
          <ArmControls lab={lab} />
        </Section>
        <Section title="Network and loss" open={roomForControls}>
          <NetworkControls lab={lab} />
        </Section>
      </Refusal.Provider>
    </aside>
  );
}

function Race({ lab }: { readonly lab: Laboratory }): VNode {
  const { arms } = lab.setup.value;
  const names = armNames(arms);
  return (
    <section class="race" aria-labelledby="race-title">
      <h2 id="race-title">The race</h2>
      <div class={`cards cards-${arms.length}`}>
        {arms.map((arm, i) => (
          <ArmCard key={`${i}-${names[i]}`} lab={lab} index={i} name={names[i]!} arm={arm} />
        ))}
      </div>
      <HomogeneityNote lab={lab} />
    </section>
  );
}

export function App({ lab, certifier }: { readonly lab: Laboratory; readonly certifier: Certifier }): VNode {
  const hovering = useDroppedFiles(lab);
  useAddress(lab);
  return (
    <>
      <button type="button" class="skip" onClick={() => document.getElementById("race")?.focus()}>
        Skip to the race
      </button>
      <header class="masthead">
        <h1>Steepest</h1>
        <p>Same network, same data, same start. Each optimiser raises a margin of its own: watch which.</p>
      </header>
      <Transport lab={lab} />
      <div class="page">
        <Controls lab={lab} />
        <main id="race" tabIndex={-1}>
          <Banners lab={lab} />
          <Race lab={lab} />
          <WeightsPanel lab={lab} />
          <LatePhase lab={lab} />
          <LensPanel lab={lab} />
          <CertificatePanel lab={lab} certifier={certifier} />
          <PaperPanel lab={lab} />
          <TakeAway lab={lab} />
          <RunFolders open={openRuns} />
        </main>
      </div>
      <footer>
        <p>
          Everything is computed in this tab, in double precision, in one fixed order: the same setup gives the same bits in every browser
          and in Node. Theory: Tsilivis, Gronich, Kempe, Vardi, <cite>Flavors of Margin</cite>, JMLR 27 (2026).
        </p>
      </footer>
      <ExplanationDialog />
      {hovering && <p class="drop-hint">Drop a table here to race on it, weights to measure them, or a folder of recorded runs</p>}
    </>
  );
}
