/** What Slurm's words for why a job waits mean, most specific first. */
const meanings: readonly (readonly [RegExp, string])[] = [
  [/^Dependency$/, 'after the run it starts from'],
  [/^DependencyNeverSatisfied$/, 'the run it starts from has not finished well'],
  [/^Priority$/, 'others come first'],
  [/^Resources$/, 'nothing is free'],
  [/^BeginTime$/, 'in a minute or two, as what starts again'],
  [/^JobHeldUser$/, 'held; scontrol release lets it go on'],
  [/^JobHeldAdmin$/, 'held by an administrator'],
  [/^Partition(Down|Inactive)$/, 'its partition is closed'],
  [/^(ReqNodeNotAvail|NodeDown|Nodes required|Reserved)/, 'its nodes are down or reserved'],
  [/^(QOS|Assoc|Max|Licenses)/, 'a limit of the account is reached'],
];

/** Asked for in vain: such a job waits until the cluster itself is changed. */
const inVain: readonly (readonly [RegExp, string])[] = [
  [/^(PartitionConfig|PartitionNodeLimit|BadConstraints)$/, 'asks for more than the nodes there have'],
  [/^PartitionTimeLimit$/, 'asks for more time than is allowed there'],
  [/^Invalid(Account|QOS)$/, 'has an account or QOS that is not valid there'],
];

/** Why a job of Slurm's waits: its own word, and what that means. */
export function reasonText(reason: string): string {
  const meaning = meaningOf(inVain, reason);
  if (meaning !== undefined) return `${reason} (will not start: it ${meaning})`;
  const known = meaningOf(meanings, reason);
  return known === undefined ? reason : `${reason} (${known})`;
}

/** Whether a job that waits for that reason will not start by itself. */
export function isInVain(reason: string | null): boolean {
  return reason !== null && meaningOf(inVain, reason) !== undefined;
}

function meaningOf(known: typeof meanings, reason: string): string | undefined {
  return known.find(([words]) => words.test(reason))?.[1];
}
