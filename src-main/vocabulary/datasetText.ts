/** Datasets with a name whose images a program made, of no photographs. */
const synthetic: ReadonlySet<string> = new Set(['fashion-scenes']);

/** What a dataset is called wherever it is shown: `fashion-scenes (synthetic)`. Folders and other names stay as they are. */
export function datasetText(dataset: string): string {
  return synthetic.has(dataset) ? `${dataset} (synthetic)` : dataset;
}
