import { reportHtml } from '../../../report/report.ts';
import type { Workbench } from '../../Workbench.ts';
import { anonymousFacts, anonymousPage } from './anonymous.ts';
import { reportFacts } from './reportFacts.ts';

/** A study as one HTML file. @throws WorkbenchError those of {@link reportFacts} */
export async function studyReport(
  workbench: Workbench,
  study: string,
  isAnonymous: boolean,
): Promise<string> {
  const facts = await reportFacts(workbench, study);
  return isAnonymous ? anonymousPage(reportHtml(anonymousFacts(facts)), workbench, study) : reportHtml(facts);
}
