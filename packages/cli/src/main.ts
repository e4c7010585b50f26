#!/usr/bin/env node
import { loadingCode } from "./loading.js";
import { heedSignals } from "./signals.js";

heedSignals();
try {
  await import("./commandLine.js");
} catch (error) {
  process.exitCode = loadingCode(error);
}
