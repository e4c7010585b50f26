import type { PointsChoice } from "@steepest/experiments";
import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { themeVersion, token } from "./theme.js";

const half = 1.5;
const nudge = 0.1;
const rounded = (value: number): number => Math.round(value * 100) / 100;

interface BoardProps {
  readonly points: PointsChoice;
  readonly onChange: (points: PointsChoice) => void;
}

function draw(canvas: HTMLCanvasElement, { inputs, labels }: PointsChoice, cursor: readonly [number, number] | undefined): void {
  const side = Math.round(canvas.clientWidth * devicePixelRatio);
  if (side === 0) return;
  [canvas.width, canvas.height] = [side, side];
  const context = canvas.getContext("2d")!;
  const [ink, paper, line] = [token("--ink"), token("--paper"), token("--line")];
  const place = (value: number): number => ((value + half) / (2 * half)) * side;
  context.fillStyle = paper;
  context.fillRect(0, 0, side, side);
  context.fillStyle = line;
  context.fillRect(side / 2, 0, devicePixelRatio, side);
  context.fillRect(0, side / 2, side, devicePixelRatio);
  context.lineWidth = 1.4 * devicePixelRatio;
  inputs.forEach(([x, y], i) => {
    context.beginPath();
    context.arc(place(x!), side - place(y!), 5 * devicePixelRatio, 0, 2 * Math.PI);
    context.fillStyle = labels[i]! > 0 ? ink : paper;
    context.strokeStyle = ink;
    context.fill();
    context.stroke();
  });
  if (!cursor) return;
  const [x, y, arm] = [place(cursor[0]), side - place(cursor[1]), 9 * devicePixelRatio];
  context.strokeStyle = ink;
  context.beginPath();
  context.moveTo(x - arm, y);
  context.lineTo(x + arm, y);
  context.moveTo(x, y - arm);
  context.lineTo(x, y + arm);
  context.stroke();
}

const moves: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-nudge, 0],
  ArrowRight: [nudge, 0],
  ArrowUp: [0, nudge],
  ArrowDown: [0, -nudge],
};

const onBoard = (value: number): number => Math.max(-half, Math.min(half, rounded(value)));

interface ToolProps {
  readonly label: 1 | -1;
  readonly onLabel: (label: 1 | -1) => void;
  readonly onUndo: () => void;
  readonly onClear: () => void;
}

function BoardTools({ label, onLabel, onUndo, onClear }: ToolProps): VNode {
  return (
    <fieldset class="board-tools" aria-label="class of the next point">
      <button type="button" class="quiet" aria-pressed={label === 1} onClick={() => onLabel(1)}>
        ● class +1
      </button>
      <button type="button" class="quiet" aria-pressed={label === -1} onClick={() => onLabel(-1)}>
        ○ class −1
      </button>
      <button type="button" class="quiet" onClick={onUndo}>
        undo
      </button>
      <button type="button" class="quiet" onClick={onClear}>
        clear
      </button>
    </fieldset>
  );
}

/** Board on which data are drawn: by clicking, or with the arrow keys and Enter. */
export function DrawBoard({ points, onChange }: BoardProps): VNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [label, setLabel] = useState<1 | -1>(1);
  const [cursor, setCursor] = useState<readonly [number, number]>([0, 0]);
  const [focused, setFocused] = useState(false);
  useEffect(() => draw(canvas.current!, points, focused ? cursor : undefined), [points, cursor, focused, themeVersion.value]);

  const add = (x: number, y: number): void =>
    onChange({ ...points, inputs: [...points.inputs, [rounded(x), rounded(y)]], labels: [...points.labels, label] });
  const undo = (): void => {
    if (points.inputs.length > 0) onChange({ ...points, inputs: points.inputs.slice(0, -1), labels: points.labels.slice(0, -1) });
  };
  const press = (event: KeyboardEvent): void => {
    const move = moves[event.key];
    if (move) setCursor(([x, y]) => [onBoard(x + move[0]), onBoard(y + move[1])]);
    else if (event.key === "Enter") add(...cursor);
    else if (event.key === " ") setLabel((now) => (now === 1 ? -1 : 1));
    else if (event.key === "Backspace") undo();
    else return;
    event.preventDefault();
  };
  const positive = points.labels.filter((one) => one > 0).length;
  return (
    <div class="board">
      <BoardTools label={label} onLabel={setLabel} onUndo={undo} onClear={() => onChange({ ...points, inputs: [], labels: [] })} />
      {/* biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: a drawing board has keys of its own, which no element stands for */}
      <canvas
        ref={canvas}
        class="board-canvas"
        role="application"
        tabIndex={0}
        aria-label={`drawing board, ${positive} points of class +1 and ${points.labels.length - positive} of class −1. Arrow keys move, Enter adds a point, space changes the class, backspace removes the last.`}
        onClick={({ offsetX, offsetY }) => {
          const { clientWidth: width, clientHeight: height } = canvas.current!;
          add((offsetX / width) * 2 * half - half, half - (offsetY / height) * 2 * half);
        }}
        onKeyDown={press}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
      />
      <p class="help">Click to add a point. Keyboard: arrows, Enter adds, space changes the class.</p>
    </div>
  );
}
