import type { Pass } from '../configuration/evaluations.ts';
import { gridSides } from '../vocabulary/protocols.ts';

/** Where a window of the crop's size lies in a rescaled image, by its upper left corner, in pixels. */
export interface WindowPlace {
  top: number;
  left: number;
}

interface Size {
  height: number;
  width: number;
}

/** The windows of a pass that scores crops: the one in the middle, or a grid from edge to edge, row by row. */
export function cropPlaces(
  pass: Exclude<Pass, 'dense'>,
  { height, width }: Size,
  crop: number,
): WindowPlace[] {
  const along = (extent: number) =>
    pass === 'centre-crop' ? [middle(extent, crop)] : grid(extent, crop, gridSides[pass]);
  return along(height).flatMap((top) => along(width).map((left) => ({ top, left })));
}

function middle(extent: number, crop: number): number {
  return Math.floor((extent - crop) / 2);
}

/** Where the crops of the grid begin along one side: evenly from one edge of the image to the other. */
function grid(extent: number, crop: number, side: number): number[] {
  const room = extent - crop;
  return Array.from({ length: side }, (_, index) => Math.round((room * index) / (side - 1)));
}

/** A window in the image as it was before it was rescaled, in its pixels. */
export interface PlaceInOriginal extends WindowPlace, Size {}

/**
 * The part of an image that a window of its rescaled copy shows.
 *
 * @param place a mirrored one is a place in the mirrored copy
 */
export function placeInOriginal(
  { top, left, mirrored }: WindowPlace & { mirrored: boolean },
  crop: number,
  rescaled: Size,
  original: Size,
): PlaceInOriginal {
  const across = original.width / rescaled.width;
  const down = original.height / rescaled.height;
  return {
    left: across * (mirrored ? rescaled.width - crop - left : left),
    top: down * top,
    width: across * crop,
    height: down * crop,
  };
}
