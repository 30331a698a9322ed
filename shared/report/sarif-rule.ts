/** What SARIF says of a rule beside its results: what it looks for, why, and what to do. */
import type { ImageRule } from '../dossier/rules/image-rule.ts';
import type { SecretKind } from '../layer/layer-report.ts';
import { CIS_DOCKER_VERSION } from '../rules/cis-docker-benchmark.ts';
import type { Severity } from '../rules/rule.ts';
import { type SarifLevel, sarifLevel, securitySeverity } from './sarif-level.ts';

export interface SarifRule {
  readonly id: string;
  readonly shortDescription: { readonly text: string };
  readonly fullDescription: { readonly text: string };
  readonly help: { readonly text: string };
  readonly defaultConfiguration: { readonly level: SarifLevel };
  readonly properties: {
    readonly 'security-severity': string;
    readonly precision: 'very-high' | 'medium';
    readonly tags: readonly string[];
  };
}

export const sarifRuleFromRule = ({
  id,
  title,
  rationale,
  remediation,
  severity,
  class: ruleClass,
  confirmed,
  references,
}: ImageRule): SarifRule => ({
  ...described(id, title, rationale, remediation, severity),
  properties: {
    'security-severity': securitySeverity(severity),
    precision: confirmed ? 'very-high' : 'medium',
    tags: [
      'security',
      ruleClass,
      ...references.nist.map((clause) => `NIST SP 800-190 ${clause}`),
      ...references.cis.map((number) => `CIS Docker ${CIS_DOCKER_VERSION} ${number}`),
    ],
  },
});

/** Of a kind of secret, wherever it lies: `secret/private-key`. */
export const sarifRuleFromSecret = (kind: SecretKind): SarifRule => ({
  ...described(
    secretRuleId(kind),
    `A secret is in the image: ${kind}`,
    'Whoever can pull the image can read it, also from a layer whose file a later one deletes.',
    'Revoke it, issue a new one, and hand that in when the container starts; in builds use secret mounts.',
    SECRET_SEVERITY,
  ),
  properties: {
    'security-severity': securitySeverity(SECRET_SEVERITY),
    precision: 'very-high',
    tags: ['security', 'secret', 'NIST SP 800-190 3.1.4'],
  },
});

export const SECRET_SEVERITY: Severity = 'CRITICAL';
export const secretRuleId = (kind: SecretKind): string => `secret/${kind}`;

const described = (id: string, title: string, why: string, remediation: string, severity: Severity) => ({
  id,
  shortDescription: { text: title },
  fullDescription: { text: why },
  help: { text: remediation },
  defaultConfiguration: { level: sarifLevel(severity) },
});
