/** The page of the rules about images: what each looks for, why, and what to do. */
import { IMAGE_RULES } from '../../shared/dossier/rules/catalogue.ts';
import type { ImageRule } from '../../shared/dossier/rules/image-rule.ts';
import { CIS_DOCKER_BENCHMARK, CIS_DOCKER_VERSION } from '../../shared/rules/cis-docker-benchmark.ts';
import { NIST_SP_800_190 } from '../../shared/rules/nist-sp-800-190.ts';
import { table } from './table.ts';

export const imageRulesPage = (): string =>
  `# Image rules

What Sekisho asks of an image's own bytes, its signatures and its base image when it is pushed. A rule passes, fails, does
not apply, or does not know: a layer that was not read to its end is never clean. Suppressions and findings name a rule by
its id, which is never changed nor used again.

A rule that is **heuristic** guesses; the others saw what they say. The severity is the rule's own; an example whose severity
differs says so.

${table(
  ['rule', 'fails where', 'severity', 'class'],
  IMAGE_RULES.map(({ id, title, severity, class: of }) => [`[${id}](#${id.toLowerCase()})`, title, severity, of]),
)}

${IMAGE_RULES.map(section).join('\n\n')}
`;

/** The heading is the id alone, so that links to it outlive a better title. */
function section(rule: ImageRule): string {
  const { id, title, severity, class: of, confirmed, rationale, remediation, examples } = rule;
  return `## ${id}

**${title}** · ${severity} · ${of} · ${confirmed ? 'confirmed' : 'heuristic'}

${rationale}

**What to do.** ${remediation}

- Fails: ${examples.bad.map((bad) => (bad.severity ? `${bad.title} (${bad.severity})` : bad.title)).join('; ')}.
- Does not fail: ${examples.good.map((good) => good.title).join('; ')}.

References: ${referencesOf(rule).join(' · ')}`;
}

const referencesOf = ({ references: { nist, cis, others } }: ImageRule): readonly string[] => [
  ...nist.map((clause) => `NIST SP 800-190 ${clause} ${NIST_SP_800_190[clause]}`),
  ...cis.map((number) => `CIS Docker ${CIS_DOCKER_VERSION} ${number} ${CIS_DOCKER_BENCHMARK[number]}`),
  ...others,
];
