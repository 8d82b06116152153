/** Values from left to right as an SVG path, the greatest at the top; interrupted where one is not finite. */
export function sparkPath(values: readonly number[], width: number, height: number): string {
  const finite = values.filter(Number.isFinite);
  const [min, max] = [Math.min(...finite), Math.max(...finite)];
  const span = max - min || 1;
  let pen = 'M';
  return values
    .map((value, index) => {
      if (!Number.isFinite(value)) {
        pen = 'M';
        return '';
      }
      const x = values.length === 1 ? width / 2 : (index / (values.length - 1)) * width;
      const step = `${pen}${x.toFixed(1)} ${(1 + (1 - (value - min) / span) * (height - 2)).toFixed(1)}`;
      pen = 'L';
      return step;
    })
    .join('');
}
