import "./style/tokens.css";
import "./style/layout.css";
import "./style/controls.css";
import "./style/race.css";
import "./style/charts.css";
import "./style/takeAway.css";
import "uplot/dist/uPlot.min.css";
import { effect } from "@preact/signals";
import { workerFault } from "@steepest/browser/serve";
import { render } from "preact";
import certificateWorkerUrl from "./certificate/certificateWorker.ts?worker&url";
import workerUrl from "./engine/worker.ts?worker&url";
import { Certifier } from "./lab/certifier.js";
import { Laboratory } from "./lab/laboratory.js";
import { App } from "./view/App.js";
import { afterPaint } from "./view/afterPaint.js";
import { turns } from "./view/turns.js";

const { href } = new URL(workerUrl, location.href);
const lab = new Laboratory(
  () => new Worker(href, { type: "module", name: "steepest-race" }),
  async () => `${href} ${await workerFault(href)}`,
  afterPaint,
);
const { href: certificateHref } = new URL(certificateWorkerUrl, location.href);
const certifier = new Certifier(lab, {
  start: () => new Worker(certificateHref, { type: "module", name: "steepest-certificate" }),
  faultOf: async () => `${certificateHref} ${await workerFault(certificateHref)}`,
});
effect(() => (lab.isPausing.value ? turns.hold() : undefined));
const opened = (): void => lab.open(location.hash.slice(1));

addEventListener("hashchange", opened);
opened();
const page = document.getElementById("page")!;
page.replaceChildren(); // what it says where no script is run
render(<App lab={lab} certifier={certifier} />, page);
