/** An inspection as SARIF 2.1.0, for code scanning: one run, and a result for each failing rule and each secret. */
import { IMAGE_RULES } from '../dossier/rules/catalogue.ts';
import type { InspectedReference } from './inspected-reference.ts';
import { sarifResults } from './sarif-results.ts';
import { type SarifRule, sarifRuleFromRule, sarifRuleFromSecret } from './sarif-rule.ts';
import { shownText } from './shown-text.ts';

/** Ends in a line break. `version`: the program's own. */
export const renderInspectionSarif = (inspected: InspectedReference, version: string): string =>
  `${JSON.stringify(inspectionSarif(inspected, version), null, 2)}\n`;

export const inspectionSarif = (inspected: InspectedReference, version: string) => {
  const kinds = new Set(inspected.platforms.flatMap(({ inspection }) => inspection.secrets.map(({ kind }) => kind)));
  const rules: readonly SarifRule[] = [
    ...IMAGE_RULES.map(sarifRuleFromRule),
    ...[...kinds].sort().map(sarifRuleFromSecret),
  ];
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'sekisho', version, semanticVersion: version, rules } },
        columnKind: 'utf16CodeUnits',
        // A reader that sees no results must not take what was not read for clean.
        invocations: [{ executionSuccessful: true, toolExecutionNotifications: notifications(inspected) }],
        results: sarifResults(
          inspected,
          rules.map(({ id }) => id),
        ),
      },
    ],
  } as const;
};

const notifications = ({ platforms, artifact }: InspectedReference) => {
  const texts = [
    ...(artifact ? [`It is no image and was not inspected: ${shownText(artifact.reason)}`] : []),
    ...platforms.flatMap(({ platform, inspection }) => [
      ...(inspection.complete ? [] : [`${shownText(platform)}: not every layer was read in full`]),
      ...inspection.verdicts
        .filter(({ verdict }) => verdict === 'unknown')
        .map(
          ({ rule, because }) =>
            `${shownText(platform)}: ${rule} has no answer: ${shownText(because ?? 'nothing says why')}`,
        ),
    ]),
  ];
  return texts.map((text) => ({ level: 'warning', message: { text } }) as const);
};
