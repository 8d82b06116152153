import { describe, expect, it } from 'vitest';
import { setupShare, setupText } from '../../../src-renderer/shared/setupText.ts';

describe('progress of the set-up', () => {
  it('names what it is about, and how far it is where that is known', () => {
    const download = {
      stage: 'download',
      subject: 'tensorflow.whl',
      doneBytes: 120e6,
      totalBytes: 240e6,
    } as const;
    expect(setupText(download)).toBe('Downloads tensorflow.whl, 120 MB of 240 MB');
    expect(setupShare(download)).toBe(0.5);
    const compile = { stage: 'compile', subject: '/cache/addon/napi-v10' } as const;
    expect(setupText(compile)).toBe('Compiles napi-v10');
    expect(setupShare(compile)).toBeNull();
  });
});
