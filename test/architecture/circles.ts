/**
 * Circles of imports: sets of files each of which needs all the others (Tarjan's strongly connected components). None where
 * the imports point one way.
 */
export function circlesOf(imports: ReadonlyMap<string, readonly string[]>): string[][] {
  const circles: string[][] = [];
  const order = new Map<string, number>();
  const path: string[] = [];
  /** The earliest file on the path that this one leads back to, by its place in the order. */
  const visit = (file: string): number => {
    const own = order.size;
    order.set(file, own);
    path.push(file);
    let earliest = own;
    for (const imported of imports.get(file) ?? []) {
      const known = order.get(imported);
      if (known === undefined) earliest = Math.min(earliest, visit(imported));
      else if (path.includes(imported)) earliest = Math.min(earliest, known);
    }
    if (earliest === own) {
      const circle = path.splice(path.indexOf(file));
      if (circle.length > 1) circles.push(circle.sort());
    }
    return earliest;
  };
  for (const file of imports.keys()) if (!order.has(file)) visit(file);
  return circles;
}
