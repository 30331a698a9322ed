/** One rule's answer about one subject, in a form that may be kept and shown: short, and without a secret. */
import { clipText, plainText } from '../base/clip-text.ts';
import { redactText } from '../base/redaction.ts';
import type { Evidence, Origin, Rule, Verdict } from './rule.ts';
import type { RuleVerdict } from './rule-verdict.ts';

/** What a person reads; a rule that saw a thousand files is told by the first ones and their number. */
const MAX_EVIDENCE = 10;
const MAX_TEXT = 300;

/** Never throws: a rule that does has said nothing, which is `unknown`. */
export const evaluate = <Subject>(rule: Rule<Subject>, subject: Subject): RuleVerdict => {
  const answer = check(rule, subject);
  const told = { rule: rule.id, class: rule.class, severity: rule.severity, confirmed: rule.confirmed } as const;
  const nothing = { origin: 'unknown', evidence: [], evidenceLeftOut: 0 } as const;
  switch (answer.verdict) {
    case 'pass':
      return { ...told, verdict: 'pass', ...nothing };
    case 'unknown':
      return { ...told, verdict: 'unknown', ...nothing, because: shown(answer.missing) };
    case 'not-applicable':
      return { ...told, verdict: 'not-applicable', ...nothing, because: shown(answer.because) };
    case 'fail':
      return {
        ...told,
        verdict: 'fail',
        severity: answer.severity ?? rule.severity,
        confirmed: answer.confirmed ?? rule.confirmed,
        origin: originOf(answer.evidence),
        evidence: answer.evidence.slice(0, MAX_EVIDENCE).map(shownEvidence),
        evidenceLeftOut: Math.max(0, answer.evidence.length - MAX_EVIDENCE),
      };
  }
};

const check = <Subject>(rule: Rule<Subject>, subject: Subject): Verdict => {
  try {
    return rule.check(subject);
  } catch (thrown) {
    // The message may quote what the rule was reading.
    return { verdict: 'unknown', missing: `the rule failed: ${thrown instanceof Error ? thrown.name : typeof thrown}` };
  }
};

const originOf = (evidence: readonly Evidence[]): Origin => {
  if (evidence.some(({ origin }) => origin === 'app')) return 'app';
  return evidence.every(({ origin }) => origin === 'base') ? 'base' : 'unknown';
};

const shownEvidence = ({ text, path, ...rest }: Evidence): Evidence => ({
  ...rest,
  text: shown(text),
  ...(path !== undefined && { path: shown(path) }),
});

/** Made printable first, because invisible characters hide a secret's form; cut last, because half of one has none. */
const shown = (text: string): string => clipText(redactText(plainText(text)), MAX_TEXT);
