interface Bounds {
  min?: number | string | null | undefined;
  max?: number | string | null | undefined;
  step?: number | string | null | undefined;
}

/** What a control for a number takes, in words: `A whole number from 32 to 4096.` */
export function boundsText({ min, max, step = 1 }: Bounds): string {
  const isWhole = step !== 'any' && Number.isInteger(Number(step ?? 1));
  const words = [
    isWhole ? 'A whole number' : 'A number',
    ...(min == null ? [] : [`from ${min}`]),
    ...(max == null ? [] : [`to ${max}`]),
    ...(step === 'any' || Number(step ?? 1) === 1 ? [] : [`in steps of ${step}`]),
  ];
  return `${words.join(' ')}.`;
}
