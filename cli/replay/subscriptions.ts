/** The rules that are deployed, each with the work of the function behind it. */
import { compilePattern } from '../../local/event-bus/pattern.ts';
import type { SekishoError } from '../../shared/base/errors.ts';
import type { Result } from '../../shared/base/result.ts';
import { imagePushedFromEvent, imagePushedPattern } from '../../shared/events/ecr.ts';
import { parseEnvelope } from '../../shared/events/envelope.ts';
import { guardDutyPattern, threatFromEvent } from '../../shared/events/guardduty.ts';
import { inspectorFindingPattern, vulnerabilityFromEvent } from '../../shared/events/inspector.ts';
import { oneByOne, processRecords } from '../../shared/pipeline/process-records.ts';
import { processThreats } from '../../shared/pipeline/process-threats.ts';
import {
  type ProcessVulnerabilitiesPorts,
  processVulnerabilities,
} from '../../shared/pipeline/process-vulnerabilities.ts';
import { recordImage } from '../../shared/pipeline/record-image.ts';
import { recordPush } from '../../shared/pipeline/record-push.ts';
import type { Settled } from '../../shared/pipeline/settled.ts';
import type { Policy } from '../../shared/policy/policy.ts';
import type { Pattern } from './why-not-taken.ts';

export interface Subscription {
  readonly id: string;
  readonly pattern: Pattern;
  readonly takes: (event: unknown) => boolean;
  /** One result per body, in order; never throws. */
  readonly process: (bodies: readonly string[]) => Promise<readonly Result<Settled, SekishoError>[]>;
}

const subscription = (id: string, pattern: Pattern, process: Subscription['process']): Subscription => ({
  id,
  pattern,
  takes: compilePattern(pattern),
  process,
});

export const subscriptions = (ports: ProcessVulnerabilitiesPorts, policy: Policy): readonly Subscription[] => [
  subscription('image-pushed', imagePushedPattern, (bodies) =>
    processRecords(
      bodies,
      (body) => imagePushedFromEvent(parseEnvelope(body)),
      // Its layers and its rules need the registry.
      oneByOne((pushed) => recordPush(pushed, (image) => recordImage(image, ports))),
    ),
  ),
  subscription('inspector-finding', inspectorFindingPattern, (bodies) =>
    processRecords(
      bodies,
      (body) => vulnerabilityFromEvent(parseEnvelope(body)),
      (findings) => processVulnerabilities(findings, ports, policy),
    ),
  ),
  subscription('guard-duty-finding', guardDutyPattern, (bodies) =>
    processRecords(
      bodies,
      (body) => threatFromEvent(parseEnvelope(body)),
      (threats) => processThreats(threats, ports, policy),
    ),
  ),
];
