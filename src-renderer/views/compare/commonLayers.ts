/** The layers that all the nets have, in the order of the first. */
export function commonLayers(nets: readonly (readonly string[])[]): string[] {
  const [first = [], ...others] = nets;
  return first.filter((name) => others.every((layers) => layers.includes(name)));
}
