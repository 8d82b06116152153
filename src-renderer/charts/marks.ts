import type { Mark } from './curves.ts';
import { freeBox, textHeight, type Box } from './labelPlaces.ts';
import type { PlotFrame } from './plotFrame.ts';

export const ringRadius = 4.5;
/** From the middle of a ring to its label, in pixels. */
const fromRing = 9;

/** A mark as it is drawn: a ring around its point, with its label beside it. */
export interface PlacedMark extends Pick<Mark, 'label' | 'colour'> {
  x: number;
  y: number;
  /** The ground under the label. */
  box: Box;
}

/** Marks within the plot, with labels over nothing that is taken if there is such a place beside the ring. */
export function placedMarks(frame: PlotFrame, marks: readonly Mark[], taken: readonly Box[]): PlacedMark[] {
  const placed: PlacedMark[] = [];
  const rings: Box[] = [];
  for (const mark of marks) {
    const [x, y] = [frame.xOf(mark.x), frame.yOf(mark.y)];
    if (!(x >= frame.left - 1 && x <= frame.right + 1 && y >= frame.top - 1 && y <= frame.bottom + 1))
      continue;
    const places = boxesAround(frame, { x, y }, frame.widthOf(mark.label));
    const box = freeBox(places, [...taken, ...rings, ...placed.map((other) => other.box)]) ?? places[0];
    if (!box) continue;
    placed.push({ label: mark.label, colour: mark.colour, x, y, box });
    rings.push({ left: x - ringRadius, right: x + ringRadius, top: y - ringRadius, bottom: y + ringRadius });
  }
  return placed;
}

/** Where its label may stand within the plot, the best first: at the side where there is more room, a little above. */
function boxesAround(frame: PlotFrame, { x, y }: { x: number; y: number }, width: number): Box[] {
  const isRight = x > (frame.left + frame.right) / 2;
  const atSide = (left: boolean) => (left ? x - fromRing - width : x + fromRing);
  return [-10, 0, 10, -24, 24, -38, 38].flatMap((by) =>
    [atSide(isRight), atSide(!isRight)].map((left) => {
      const middle = Math.min(frame.bottom - textHeight / 2, Math.max(frame.top + textHeight / 2, y + by));
      return { left, right: left + width, top: middle - textHeight / 2, bottom: middle + textHeight / 2 };
    }),
  );
}
