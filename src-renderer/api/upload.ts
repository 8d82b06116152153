import { mostUploadBytes, type UploadKind } from '../../src-main/vocabulary/uploads.ts';
import { bytesText } from '../../src-main/vocabulary/bytes.ts';
import { ApiError, errorFromAnswer } from './errors.ts';

export interface UploadOptions {
  signal: AbortSignal;
  /** Share that was sent, 0–1. */
  onProgress: (share: number) => void;
}

/**
 * Sends a file to the machine of the workbench, in a browser; it is read from the disk as it goes. A request of the older
 * kind, since `fetch` does not report how far it is.
 *
 * @returns its path there
 * @throws ApiError; the signal's reason
 */
export function upload(file: File, what: UploadKind, { signal, onProgress }: UploadOptions): Promise<string> {
  if (file.size > mostUploadBytes[what]) return Promise.reject(tooLarge(file, what));
  const query = new URLSearchParams({ what, name: file.name });
  const request = new XMLHttpRequest();
  request.open('POST', `upload?${query.toString()}`);
  request.responseType = 'json';
  request.upload.addEventListener('progress', ({ loaded, total }) => {
    if (total > 0) onProgress(loaded / total);
  });
  const stop = () => {
    request.abort();
  };
  return new Promise<string>((resolve, reject) => {
    request.addEventListener('load', () => {
      const answer: unknown = request.response;
      if (isPath(answer)) resolve(answer.path);
      else reject(errorFromAnswer(answer) ?? brokenOff(file));
    });
    request.addEventListener('error', () => {
      reject(brokenOff(file));
    });
    request.addEventListener('abort', () => {
      reject(signal.reason instanceof Error ? signal.reason : brokenOff(file));
    });
    signal.addEventListener('abort', stop);
    request.send(file);
  }).finally(() => {
    signal.removeEventListener('abort', stop);
  });
}

function isPath(answer: unknown): answer is { path: string } {
  return typeof answer === 'object' && answer !== null && 'path' in answer && typeof answer.path === 'string';
}

function tooLarge(file: File, what: UploadKind): ApiError {
  return new ApiError({
    code: 'upload-too-large',
    message: `${file.name} has ${bytesText(file.size)}; at most ${bytesText(mostUploadBytes[what])} are taken.`,
    nextStep: 'Copy it to the machine of the workbench by other means, such as scp, and give its path.',
    kind: 'input',
  });
}

function brokenOff(file: File): ApiError {
  return new ApiError({
    code: 'upload-interrupted',
    message: `The connection ended before all of ${file.name} was sent.`,
    nextStep: 'Send it again once the workbench can be reached.',
    kind: 'interrupted',
  });
}
