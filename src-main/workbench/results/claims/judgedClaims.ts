import { judgeComputed } from '../../../claims/computed.ts';
import { judgeTogether, testClaim, type TestedClaim } from '../../../claims/judge.ts';
import type { JudgedClaims } from '../../../claims/judged.ts';
import type { Claim } from '../../../claims/definition.ts';
import { knownClaims, readClaims } from '../../../claims/readClaims.ts';
import type { Workbench } from '../../Workbench.ts';
import { measureSide } from './measureSide.ts';
import { namedSource, studySource, type RunSource } from './runSources.ts';
import { tellingStudies } from './tellingStudies.ts';

/** Which claims, and of which runs. */
export interface ClaimsRequest {
  study?: string | undefined;
  runs?: string[] | undefined;
  /** The path of a file of claims. */
  file?: string | undefined;
}

/**
 * What runs say of each claim: those that are named, those of a study, or those of the study of the paper's tables and of the
 * one of each comparison that tell most ({@link tellingStudies}).
 *
 * @throws WorkbenchError `claims-unreadable`, `study-not-found`, `run-not-found`, `usage`
 */
export async function judgedClaims(workbench: Workbench, request: ClaimsRequest): Promise<JudgedClaims> {
  const claims = request.file === undefined ? knownClaims(workbench.home) : readClaims(request.file);
  const { sources, passedOver } = sourcesFor(workbench, request, claims);
  const tested: TestedClaim[] = [];
  for (const claim of claims) tested.push(await testedClaim(workbench, claim, sources));
  return { study: sources[0]?.study ?? null, passedOver, ...judgeTogether(tested) };
}

async function testedClaim(
  workbench: Workbench,
  claim: Claim,
  sources: readonly RunSource[],
): Promise<TestedClaim> {
  if (claim.kind === 'computed') return { claim: judgeComputed(claim), test: null };
  const sides = [];
  for (const side of claim.sides) sides.push(await measureSide(workbench, side, sources));
  return testClaim(claim, sides);
}

function sourcesFor(
  { log }: Workbench,
  { study, runs }: ClaimsRequest,
  claims: readonly Claim[],
): { sources: RunSource[]; passedOver: string[] } {
  if (runs !== undefined) {
    const named = namedSource(log, [...new Set(runs.map((run) => log.runs.resolve(run)))]);
    return { sources: [named], passedOver: [] };
  }
  if (study !== undefined) return { sources: [studySource(log, study)], passedOver: [] };
  return tellingStudies(log, claims);
}
