import { median, pairedRatio } from "./kernel/measure.mjs";

const rounds = 9;
const sampleSeconds = 0.06;

/**
 * Ours and a peer's step in turn: their times drift together, so only the ratios within a pair count. The peer is told the case and answers with the figures on
 * which both must agree. Nothing for a peer that is not there.
 */
export async function against(starting, { values, figures, tolerance, step }) {
  const peer = await starting;
  if (peer === undefined) return undefined;
  peer.tell(`case ${JSON.stringify(values)}`);
  const theirs = JSON.parse(await peer.answer());
  for (const [i, ours] of figures.entries()) {
    if (!(Math.abs(theirs[i] - ours) <= tolerance * Math.abs(ours))) throw new Error(`${peer.started}: computes ${theirs}, not ${figures}`);
  }
  await peer.seconds(2); // warm
  const calls = Math.ceil(sampleSeconds / (await peer.seconds(2)));
  await peer.seconds(calls);
  const seconds = { ours: [], theirs: [] };
  for (let round = 0; round < rounds; round += 1) {
    const before = process.cpuUsage();
    for (let call = 0; call < calls; call += 1) await step();
    const { user, system } = process.cpuUsage(before);
    seconds.ours.push((user + system) / 1e6 / calls);
    seconds.theirs.push(await peer.seconds(calls));
  }
  peer.stop();
  return { milliseconds: 1e3 * median(seconds.theirs), overPeer: pairedRatio(seconds.theirs, seconds.ours) };
}
