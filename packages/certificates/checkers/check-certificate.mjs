// node check-certificate.mjs CERTIFICATE WEIGHTS [DEFINITION]: accepts or rejects a certificate from weights and data alone.
// The rules are those of docs/certificates.md; it imports nothing but the files beside it, to be read in this order: rules, this, entry,
// proof, constraints, network, units, activations, layers, windows, norms.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { constraintsOf, gammaOf, scaledPoint } from "./constraints.mjs";
import { checkEntry } from "./entry.mjs";
import { networkOf } from "./network.mjs";
import { normOf } from "./norms.mjs";
import { around, list, movedShare, must, mustHold } from "./rules.mjs";

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest("hex");

/** The members of a certificate whose seal is that of its text. */
function readCertificate(path) {
  const text = readFileSync(path, "utf8");
  const members = text.slice(75, -1); // behind {"seal":"<64 digits>", and before the line feed
  must(text.slice(0, 75) === `{"seal":"${sha256(`{${members}`)}",`, "the seal is not that of the text");
  const certificate = JSON.parse(text);
  must(`${JSON.stringify(certificate)}\n` === text, "the certificate is not canonical JSON, or a member stands twice");
  must(certificate.format === "steepest-certificate-1", `the format ${certificate.format} is not known`);
  return certificate;
}

/** Weights and data, and the hashes by which certificates name them. */
function readWeights(path) {
  const file = JSON.parse(readFileSync(path, "utf8"));
  must(file.format === "steepest-weights-1", `the format ${file.format} of weights is not known`);
  const bytes = ["weights", "inputs", "labels"].map((member) => Buffer.from(file[member], "base64"));
  must(
    bytes.every(({ length }) => length % 8 === 0),
    "weights, inputs or labels are not of f64",
  );
  const [weights, inputs, labels] = bytes.map((of) => list(of.length / 8, (k) => of.readDoubleLE(8 * k)));
  const { network, inputDim, classes } = file;
  return { network, weights, inputs, labels, inputDim, classes, theta: sha256(bytes[0]), data: sha256(bytes[1], bytes[2]) };
}

function check(certificatePath, weightsPath, definitionPath) {
  const certificate = readCertificate(certificatePath);
  const file = readWeights(weightsPath);
  must(JSON.stringify(certificate.network) === JSON.stringify(file.network), "another network: that of the weights differs");
  must(certificate.theta === file.theta, "other weights: theta is not their hash");
  must(certificate.data === file.data, "other data: data is not the hash of inputs and labels");
  const definition = definitionPath && sha256(readFileSync(definitionPath, "utf8").trimEnd());
  must(definition === undefined || certificate.definition === definition, "other definition: definition is not its hash");

  const network = networkOf(certificate.network, file.inputDim, file.classes ?? 1);
  const norm = normOf(
    certificate.norm,
    network.blocks.filter(({ frozen }) => !frozen),
  );
  const { degree, isRough } = network;
  must(certificate.degree === degree, `the degree is stated as ${certificate.degree}, it is ${degree}`);
  const rounding = isRough ? "estimated" : "proven";
  must(certificate.rounding === rounding, `the rounding is stated as ${certificate.rounding}, it is ${rounding}`);

  const point = scaledPoint(network, file, certificate.scale);
  const { theta } = point;
  const constraints = constraintsOf(network, point, file);
  const minMargin = [0, 1].map((end) => constraints.reduce((least, { q }) => Math.min(least, q[end]), Infinity));
  const size = around(norm.norm(theta), 0, theta.length);
  must(minMargin[0] > 0 && minMargin[0] < Infinity, `there is no margin: it is in [${minMargin}]`);
  mustHold("minMargin", certificate.minMargin, minMargin, movedShare(minMargin) * minMargin[1]);
  mustHold("size", certificate.size, size, movedShare(size) * size[1]);

  must(certificate.entries.length > 0, "there are no entries");
  const problem = { certificate, network, norm, constraints, theta, gamma: gammaOf(network), degree, minMargin, size };
  for (const entry of certificate.entries) checkEntry(entry, problem);
  const kappas = certificate.entries.map(({ kinks, kappa }) => `[${kappa}] at kinks within ${kinks}`).join(", ");
  console.log(`accepted: kappa in ${kappas}${isRough ? "; rounding errors are estimated" : ""}`);
}

try {
  check(...process.argv.slice(2));
} catch (error) {
  console.log(`rejected: ${error.message}`);
  process.exit(1);
}
