import type { Attachment } from 'svelte/attachments';

/** Shows a blob in an image. */
export function blobSource(blob: Blob): Attachment<HTMLImageElement> {
  return (image) => {
    const url = URL.createObjectURL(blob);
    image.src = url;
    return () => {
      URL.revokeObjectURL(url);
    };
  };
}
