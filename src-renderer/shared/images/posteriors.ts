/** `87.3 %`, `<0.1 %`: a posterior, in %. */
export function posteriorText(posterior: number): string {
  if (Number.isNaN(posterior)) return 'NaN';
  const value = 100 * posterior;
  return value > 0 && value < 0.1 ? '<0.1 %' : `${value.toFixed(1)} %`;
}
