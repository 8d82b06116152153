/** A value of the configuration as a YAML file has it, in one line. */
export function settingText(value: unknown): string {
  if (value === null || value === undefined) return 'none';
  if (Array.isArray(value)) return `[${value.map(settingText).join(', ')}]`;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
