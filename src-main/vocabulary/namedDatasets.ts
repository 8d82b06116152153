/** What is known of a dataset that has a name, wherever its images are. */
export interface NamedDatasetFacts {
  name: string;
  /** What is in it, in a few words. */
  title: string;
  images: { train: number; val: number };
  classes: number;
  licence: string;
}

/** What has to happen before it can be used: nothing, a minute at first use, `vgg data get`, or an installation. */
export type DatasetState = 'here' | 'to-render' | 'to-fetch' | 'to-install';
