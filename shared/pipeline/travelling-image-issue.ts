/** What of a rule about an image travels after its decision: its texts cut, its lists short, without tags of resources. */
import { clipText } from '../base/clip-text.ts';
import type { ImageIssue } from '../finding/finding.ts';

const TEXT = 1_200;
const FIELD = 300;
const WORD = 128;
const TAGS = 100;
const EVIDENCE = 10;
/** There are 48 clauses of one standard and 34 of the other. */
const CLAUSES = 50;

/** Evidence was cut when the finding was enriched; one that was not is cut here. */
export const travellingImageIssue = (finding: ImageIssue): ImageIssue => {
  const { evidence, instruction } = finding;
  return {
    ...finding,
    sourceId: clipText(finding.sourceId, TEXT),
    tags: finding.tags.slice(0, TAGS).map((tag) => clipText(tag, WORD)),
    platform: clipText(finding.platform, WORD),
    rule: clipText(finding.rule, WORD),
    title: clipText(finding.title, TEXT),
    description: clipText(finding.description, TEXT),
    remediation: clipText(finding.remediation, TEXT),
    evidence: evidence.slice(0, EVIDENCE).map((one) => ({
      ...one,
      text: clipText(one.text, FIELD),
      ...(one.path !== undefined && { path: clipText(one.path, FIELD) }),
    })),
    evidenceLeftOut: finding.evidenceLeftOut + Math.max(0, evidence.length - EVIDENCE),
    ...(instruction && { instruction: { ...instruction, text: clipText(instruction.text, TEXT) } }),
    nist: finding.nist.slice(0, CLAUSES),
    cis: finding.cis.slice(0, CLAUSES),
    resourceTags: {},
  };
};
