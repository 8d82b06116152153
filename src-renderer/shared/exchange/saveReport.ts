import { api } from '../../api/api.ts';
import { saveFile } from '../../state/files.ts';
import { toasts } from '../../state/Toasts.svelte.ts';

/** Saves a study as one HTML file for others to read. */
export async function saveReport(study: string, { anonymous = false } = {}): Promise<void> {
  const page = await toasts.attempt(() => api.reports.render({ study, anonymous }));
  if (page !== undefined) await saveFile(anonymous ? 'report.html' : `report-${study}.html`, page);
}
