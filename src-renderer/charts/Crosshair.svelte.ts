/** The place on the horizontal axis that several charts show together; null where nothing is pointed at. */
export class Crosshair {
  x = $state<number | null>(null);
}
