/** What a browser can send to the workbench's machine. */
export const uploadKinds = ['image', 'weights', 'yaml', 'archive'] as const;
export type UploadKind = (typeof uploadKinds)[number];

/** The most bytes that are taken of each. */
export const mostUploadBytes: Record<UploadKind, number> = {
  image: 50e6,
  weights: 16e9,
  yaml: 1e6,
  archive: 200e9,
};

/** The endings of the files of each kind, in small letters. */
export const uploadEndings: Record<UploadKind, readonly string[]> = {
  image: [
    '.jpg',
    '.jpeg',
    '.jpe',
    '.jfif',
    '.png',
    '.webp',
    '.gif',
    '.tif',
    '.tiff',
    '.avif',
    '.bmp',
    '.dib',
    '.ppm',
    '.pgm',
    '.pbm',
    '.pnm',
  ],
  weights: ['.safetensors', '.caffemodel', '.h5', '.hdf5', '.keras', '.pth', '.pt', '.bin'],
  yaml: ['.yaml', '.yml'],
  archive: ['.zip'],
};
