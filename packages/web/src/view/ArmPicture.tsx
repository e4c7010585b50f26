import type { VNode } from "preact";
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import type { Picture } from "../engine/message.js";
import type { Laboratory } from "../lab/laboratory.js";
import { drawBoundary } from "./boundary.js";
import { drawFirstLayer, drawMargins } from "./pictures.js";
import { armColor, themeVersion } from "./theme.js";
import { turns } from "./turns.js";
import { What } from "./What.js";

interface PictureProps {
  readonly lab: Laboratory;
  readonly index: number;
  readonly name: string;
  readonly picture: Picture | undefined;
}

const wipe = (canvas: HTMLCanvasElement): void => canvas.getContext("2d")!.clearRect(0, 0, canvas.width, canvas.height);

/** True if the network's score is exactly 0 in a part of the plane that can be seen. */
function hasSilence(scores: Float32Array | undefined): boolean {
  const zeros = scores?.reduce((count, score) => count + Number(score === 0), 0) ?? 0;
  return zeros > 0.01 * (scores?.length ?? 0);
}

/**
 * The boundary if the data lie in a plane; else the margins of the samples, and the first layer if it makes pictures. Drawn in a turn of its own, behind the
 * frame of the numbers beside it: a canvas is asked for its size.
 */
export function ArmPicture({ lab, index, name, picture }: PictureProps): VNode {
  const plane = lab.loaded.value?.plane;
  const firstLayer = picture?.firstLayer;
  const [main, layer] = [useRef<HTMLCanvasElement>(null), useRef<HTMLCanvasElement>(null)];
  useLayoutEffect(() => {
    const draw = (): void => {
      const { loaded } = lab;
      const canvas = main.current;
      if (!canvas) return;
      if (!loaded.value) {
        wipe(canvas); // of the race before, which may not be possible any more
        if (layer.current) wipe(layer.current);
        return;
      }
      const { data } = loaded.value;
      if (plane) drawBoundary(canvas, { data, plane, picture, arm: index });
      else if (picture) drawMargins(canvas, picture.sampleMargins, data, armColor(index));
      if (layer.current && firstLayer) drawFirstLayer(layer.current, firstLayer);
    };
    turns.take(draw);
    return () => turns.drop(draw);
  }, [picture, plane, lab.loaded.value === undefined, themeVersion.value]);
  const isSilent = useMemo(() => hasSilence(picture?.scores), [picture]);
  return (
    <div class="picture">
      <p class="picture-title">
        {plane ? <What id="support">boundary and support samples</What> : <What id="sampleMargin">margins of the samples, sorted</What>}
      </p>
      <canvas
        ref={main}
        class={plane ? "plane" : "bars"}
        role="img"
        aria-label={
          plane
            ? `decision boundary of ${name}; samples sized by their margins, support samples ringed`
            : `sample margins of ${name}, sorted`
        }
      />
      {isSilent && <p class="picture-title">grey: the score is exactly 0, every unit is off</p>}
      {firstLayer && (
        <>
          <p class="picture-title">
            <What id="firstLayer">first-layer weights</What>
          </p>
          <canvas ref={layer} class="layer" role="img" aria-label={`first-layer weights of ${name}, one picture per hidden unit`} />
        </>
      )}
    </div>
  );
}
