import type { TrainOptions } from "@steepest/core";
import { received } from "../message/received.js";
import { serveTraining } from "./serveTraining.js";

serveTraining((request: unknown) => received(request) as TrainOptions);
