/** The value at the key `a.b.c` of a configuration; undefined where there is none. */
export function valueAt(configuration: unknown, key: string): unknown {
  return key.split('.').reduce<unknown>((value, name) => {
    return typeof value === 'object' && value !== null
      ? Object.entries(value).find(([own]) => own === name)?.[1]
      : undefined;
  }, configuration);
}
