import type { UploadKind } from '../../../src-main/vocabulary/uploads.ts';
import type { ErrorReport } from '../../../src-main/workbench/contract.ts';
import { reportOf } from '../../api/errors.ts';
import { upload } from '../../api/upload.ts';

/** A file on its way to the machine of the workbench. */
export class UploadJob {
  /** Null while nothing is on its way. */
  name = $state<string | null>(null);
  share = $state(0);
  error = $state.raw<ErrorReport | null>(null);
  #stopped = new AbortController();

  /** Its path there; null where it failed or was stopped. */
  async send(file: File, what: UploadKind): Promise<string | null> {
    this.stop();
    const stopped = new AbortController();
    this.#stopped = stopped;
    this.name = file.name;
    this.share = 0;
    this.error = null;
    const onProgress = (share: number) => (this.share = share);
    try {
      return await upload(file, what, { signal: stopped.signal, onProgress });
    } catch (error) {
      if (!stopped.signal.aborted) this.error = reportOf(error);
      return null;
    } finally {
      if (this.#stopped === stopped) this.name = null;
    }
  }

  stop(): void {
    this.#stopped.abort();
  }
}
