/** The results of a SARIF run: what is wrong, how bad, and how it is known again in the next build. */
import { clipText } from '../base/clip-text.ts';
import type { RuleVerdict } from '../dossier/inspection.ts';
import type { Severity } from '../rules/rule.ts';
import type { InspectedPlatform, InspectedReference } from './inspected-reference.ts';
import { ruleAbout } from './rule-about.ts';
import { fingerprints } from './sarif-fingerprints.ts';
import { sarifLevel } from './sarif-level.ts';
import { type SarifPlace, sarifLocations } from './sarif-locations.ts';
import { SECRET_SEVERITY, secretRuleId } from './sarif-rule.ts';
import { shownText } from './shown-text.ts';
import { layerText } from './text-style.ts';

/** Readers take no message that is longer than a screen. */
const MAX_MESSAGE = 1_000;

/** `ruleIds`: of the run's rules, in their order. */
export const sarifResults = (inspected: InspectedReference, ruleIds: readonly string[]) => {
  const indexOf = new Map(ruleIds.map((id, index) => [id, index]));
  const fingerprintsOf = fingerprints();
  const result = (found: Found) => {
    const { ruleId, severity, text, platform, places, path } = found;
    const ruleIndex = indexOf.get(ruleId);
    return {
      ruleId,
      ...(ruleIndex !== undefined && { ruleIndex }),
      level: sarifLevel(severity),
      message: { text: clipText(text, MAX_MESSAGE) },
      locations: sarifLocations(inspected.reference, platform, places),
      partialFingerprints: fingerprintsOf([ruleId, platform.platform, path]),
      properties: { severity, platform: shownText(platform.platform), digest: platform.digest, origin: found.origin },
    };
  };
  return inspected.platforms.flatMap((platform) => [...failures(platform), ...secrets(platform)].map(result));
};

interface Found {
  readonly platform: InspectedPlatform;
  readonly ruleId: string;
  readonly severity: Severity;
  readonly text: string;
  readonly origin: RuleVerdict['origin'];
  readonly places: readonly SarifPlace[];
  /** Of the thing that is wrong, as it is the same in the next build; empty: none. */
  readonly path: string;
}

const failures = (platform: InspectedPlatform): readonly Found[] =>
  platform.inspection.verdicts
    .filter(({ verdict }) => verdict === 'fail')
    .map(({ rule, severity, origin, evidence }) => ({
      platform,
      ruleId: rule,
      severity,
      origin,
      text: `${ruleAbout(rule)?.title ?? rule}: ${evidence.map(({ text }) => shownText(text)).join('; ')}`,
      places: evidence,
      path: evidence[0]?.path ?? '',
    }));

const secrets = (platform: InspectedPlatform): readonly Found[] =>
  platform.inspection.secrets.map(({ kind, path, origin, layer, deletedBy, instruction }) => ({
    platform,
    ruleId: secretRuleId(kind),
    severity: SECRET_SEVERITY,
    origin,
    text: `${kind} in ${layerText(layer)}${deletedBy === undefined ? '' : ', deleted later but recoverable'}: ${shownText(path)}`,
    places: [{ path, ...(instruction !== undefined && { instruction }) }],
    path,
  }));
