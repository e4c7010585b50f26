export { serveTraining } from "./serveTraining.js";
