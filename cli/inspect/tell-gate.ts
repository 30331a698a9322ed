/** What a build is told, on the standard error, of the gate that it set. */
import type { Gate, GateRule } from '../../shared/report/inspection-gate.ts';
import { shownText } from '../../shared/report/shown-text.ts';
import type { Severity } from '../../shared/rules/rule.ts';

export interface ToldGate {
  readonly atLeast: Severity | undefined;
  /** The artifact's type, where there is no image and so no rule. */
  readonly artifact: string | undefined;
  readonly allowsIncomplete: boolean;
}

/** What could not be answered does not close the gate, and is told: it is no pass either. */
export const tellGate = (
  { failing, unanswered, incomplete }: Gate,
  { atLeast, artifact, allowsIncomplete }: ToldGate,
): void => {
  if (artifact !== undefined)
    console.error(shownText(`sekisho: --fail-on ${atLeast}: no image, so no rule was asked: ${artifact}`));
  if (unanswered.length > 0) console.error(`sekisho: not answered, so no pass: ${listed(unanswered)}`);
  for (const { platform, because } of incomplete)
    console.error(
      shownText(
        `sekisho: ${allowsIncomplete ? '' : `--fail-on ${atLeast}: `}${platform} was not read in full, so it is not clean: ${because}`,
      ),
    );
  if (incomplete.length > 0 && !allowsIncomplete)
    console.error('sekisho: --allow-incomplete lets it pass all the same');
  if (failing.length > 0) console.error(`sekisho: --fail-on ${atLeast}: ${listed(failing)}`);
};

const listed = (rules: readonly GateRule[]): string => [...new Set(rules.map(({ rule }) => rule))].join(', ');
