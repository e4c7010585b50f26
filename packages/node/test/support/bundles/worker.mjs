import { createEngine, serveJobs } from "@steepest/node";
import { trained } from "./trained.mjs";

serveJobs(async (c) => trained(await createEngine(), c));
