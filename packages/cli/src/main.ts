#!/usr/bin/env node
import { heedSignals } from "./signals.js";

heedSignals();
await import("./commandLine.js");
