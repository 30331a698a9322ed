/** What the place that a workload runs in says: isolation, the VM boundary, and whether anything runs it at all. */
import type { RuntimeContext } from '../enrichment/enriched-finding.ts';
import { runtimeName } from '../enrichment/workload-text.ts';
import type { Exposure, YesNo } from './decision-points.ts';
import { type IsolationClass, isolationClass, MOST_BARRIERS } from './factors.ts';
import { type Selection, selected } from './selection.ts';

type KnownIsolation = Exclude<IsolationClass, 'unknown'>;

/** Privileged mode, mounts and host namespaces are in the task definition or pod spec, which is not read. */
const SPEC_NOT_READ = 'by the runtime’s defaults: the task definition or pod spec was not read';

export const isolationPoint = ({ workloads, isolation }: RuntimeContext): Selection<KnownIsolation> => {
  const strength = isolationClass(isolation.total);
  if (strength === 'unknown')
    return {
      possible: ['strong', 'moderate', 'weak'],
      evidence: workloads.known ? (workloads.incomplete ?? noPlaceText(workloads.value.length)) : workloads.reason,
    };
  const evidence = `${runtimeName(isolation.runtime)}, ${isolation.total} of ${MOST_BARRIERS}: ${isolation.remaining.join(', ') || 'no barrier stands'}`;
  // Behind a VM boundary, what a specification takes away stays inside the VM.
  if (isolation.vmBoundary || strength === 'weak') return selected(strength, evidence);
  const possible: readonly KnownIsolation[] = [strength, ...(strength === 'strong' ? WEAKER : (['weak'] as const))];
  return { possible, taken: strength, evidence: `${evidence}, ${SPEC_NOT_READ}` };
};

const WEAKER = ['moderate', 'weak'] as const;

const noPlaceText = (workloads: number): string =>
  workloads === 0 ? 'no workload is known to run it' : 'the runtime of a workload is not known';

/** Only where it is known to stand it counts. */
export const vmBoundaryPoint = ({ isolation }: RuntimeContext): Selection<YesNo> => {
  if (isolation.vmBoundary) return selected('yes', runtimeName(isolation.runtime));
  return isolation.class === 'unknown'
    ? { possible: ['no', 'yes'], taken: 'no', evidence: 'where it runs is not known' }
    : selected('no', runtimeName(isolation.runtime));
};

/** Load balancers, public addresses and function URLs are not read. */
export const EXPOSURE_NOT_READ: Selection<Exposure> = {
  possible: ['small', 'controlled', 'open'],
  evidence: 'load balancers and public addresses are not read',
};

/** An empty list is silence and not "unused": another account or runtime may pull the image. */
export const inUsePoint = (inUseCount: number | undefined, { workloads }: RuntimeContext): Selection<YesNo> => {
  const running = workloads.known ? workloads.value.length : 0;
  if (running > 0) return selected('yes', running === 1 ? '1 workload runs it' : `${running} workloads run it`);
  if ((inUseCount ?? 0) > 0) return selected('yes', 'Inspector counts it as in use');
  return {
    possible: ['no', 'yes'],
    evidence: workloads.known ? 'no workload of this account is known to run it; others may' : workloads.reason,
  };
};

/** What isolation could be at worst, in the words of "would be Act if …"; undefined where nothing more can be lost. */
export const isolationOpening = ({
  isolation,
}: RuntimeContext): { readonly if: string; readonly missing: string } | undefined => {
  if (isolationClass(isolation.total) === 'unknown')
    return { if: 'nothing isolates it', missing: 'isolation is not known' };
  return isolation.vmBoundary
    ? undefined
    : {
        if: 'its specification takes its barriers away',
        missing:
          'the task definition or pod spec was not read: privileged mode, mounts and host namespaces could remove barriers',
      };
};
