/** A file of the image folder that is made of an archive. */
export interface PlacedFile {
  /** Below the folder, with `/`. */
  place: string;
  content: Uint8Array;
}
