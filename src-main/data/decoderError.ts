import { ImageError } from './ImageError.ts';

/** What a failure of libvips to decode an image means. */
export function decoderError(bytes: Uint8Array, error: unknown): ImageError {
  const reason = reasonOf(error);
  if (/^timeout/i.test(reason)) {
    return new ImageError('too-large', 'Decoding took too long and was stopped.');
  }
  return isCutOff(bytes, reason)
    ? new ImageError('truncated', 'The file ends before its image does.')
    : new ImageError('broken', `The image cannot be decoded: ${reason}`);
}

/** libvips repeats its message over several lines; the first is enough. */
export function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}

/** Whether a file that failed to decode lacks its end, by the decoder's message or by the format's own end mark. */
function isCutOff(bytes: Uint8Array, reason: string): boolean {
  if (/premature end|unexpected end|truncat|read past end/i.test(reason)) return true;
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.length > 8 && file.readUInt32BE(0) === 0x89504e47) return file.indexOf('IEND', -12, 'latin1') < 0;
  if (file.length > 12 && file.toString('latin1', 0, 4) === 'RIFF')
    return file.readUInt32LE(4) + 8 > file.length;
  return false;
}
