/** The nets of Table 1. */
export const paperNets = ['A', 'A-LRN', 'B', 'C', 'D', 'E'] as const;

/** The nets of Table 1; nets with wide filters in place of stacks (Sect. 2.3, 4.1); and later nets (He et al. 2015). */
export const configurations = [
  ...paperNets,
  'B-5x5',
  'D-7x7',
  'E-skip',
  'E-gap',
  'plain-34',
  'resnet-34',
] as const;
export type Configuration = (typeof configurations)[number];

/** Those with batch normalisation. */
export const normalisedNets: ReadonlySet<Configuration> = new Set(['plain-34', 'resnet-34']);
