/** Where a run goes in a folder, of whichever system the path is. */
export function exportTarget(folder: string, id: string): string {
  const trimmed = folder.trim();
  const separator = trimmed.includes('\\') && !trimmed.includes('/') ? '\\' : '/';
  return `${trimmed.replace(/[/\\]+$/, '')}${separator}${id}`;
}
