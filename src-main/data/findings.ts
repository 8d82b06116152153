import { z } from 'zod';

export type Split = 'train' | 'val';

/**
 * Something about a dataset that a person should know. An error is a sample that cannot be used; a note is something
 * that is handled (a grey image, converted) or that changes nothing by itself (an empty class).
 */
export const findingSchema = z.strictObject({
  code: z.enum([
    'empty-file',
    'unreadable',
    'truncated',
    'broken',
    'too-large',
    'too-long',
    'unknown-format',
    'unsupported-samples',
    'damaged',
    'cmyk',
    'grey',
    '16-bit',
    'animated',
    'transparent',
    'rotated',
    'large',
    'tiny',
    'not-a-file',
    'not-an-image',
    'duplicate',
    'empty-class',
    'class-missing-in-train',
    'class-missing-in-val',
    'unlabelled',
    'numbered-classes',
    'alike-classes',
    'no-train',
    'no-val',
    'own-split',
    'split-unused',
    'full-set-available',
  ]),
  severity: z.enum(['error', 'note']),
  split: z.enum(['train', 'val']).nullable(),
  /** `CLASS/FILE` of a sample, the name of a class, or of the dataset. */
  subject: z.string(),
  fact: z.string(),
});

export type Finding = z.infer<typeof findingSchema>;
export type FindingCode = Finding['code'];

/** A finding about one image, without its sample, which the caller knows. */
export type ImageFinding = Pick<Finding, 'code' | 'severity' | 'fact'>;
