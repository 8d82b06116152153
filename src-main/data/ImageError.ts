import type { FindingCode, ImageFinding } from './findings.ts';

/** Why one image cannot be used. The caller, who knows its name, turns it into a finding or an error for a person. */
export class ImageError extends Error {
  override readonly name = 'ImageError';
  readonly finding: ImageFinding;

  constructor(code: FindingCode, fact: string) {
    super(fact);
    this.finding = { code, severity: 'error', fact };
  }
}
