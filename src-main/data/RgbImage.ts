/** Pixels `[height, width, 3]`: 8-bit sRGB, red first. */
export interface RgbImage {
  data: Uint8Array;
  width: number;
  height: number;
  channels?: 3;
}

/** Pixels `[height, width]`: 8-bit grey levels. */
export interface GreyImage {
  data: Uint8Array;
  width: number;
  height: number;
  channels: 1;
}

/** A grey image is rescaled with a third of the work, to the bytes that its three equal channels would have. */
export type RasterImage = RgbImage | GreyImage;

export function toRgb(image: RasterImage): RgbImage {
  if (image.channels !== 1) return image;
  const { data, width, height } = image;
  const rgb = new Uint8Array(width * height * 3);
  for (let pixel = 0, into = 0; pixel < width * height; pixel++) {
    const value = data[pixel] ?? 0;
    rgb[into++] = value;
    rgb[into++] = value;
    rgb[into++] = value;
  }
  return { data: rgb, width, height };
}
