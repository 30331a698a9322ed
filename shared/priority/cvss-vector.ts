/** What a CVSS vector of any version says about the decision points. */
import type { Cvss2, Cvss3P0, Cvss3P1, Cvss4P0 } from 'ae-cvss-calculator';
import cvss from 'ae-cvss-calculator';
import type { Exploitation, TechnicalImpact, YesNo } from './decision-points.ts';

export interface VectorFacts {
  readonly automatable: YesNo;
  /** By a metric of its own (AU), which only CVSS 4 has; otherwise it is guessed from what stands in the attacker's way. */
  readonly automatableIsStated: boolean;
  readonly technicalImpact: TechnicalImpact;
  /** Only CVSS 4 has a metric that tells (E); absent elsewhere and where E is not defined. */
  readonly exploitation?: Exploitation;
}

/** Undefined when the text is no complete vector; half a vector tells nothing. */
export const vectorFacts = (text: string): VectorFacts | undefined => {
  const vector = parseVector(text);
  if (!vector) return undefined;
  const has = (...metrics: readonly string[]): boolean =>
    metrics.every((metric) => {
      const [name = '', value] = metric.split(':');
      return vector.getComponentByStringOpt(name)?.shortName === value;
    });
  const version = vector.getVectorName();
  if (version === 'CVSS:2.0') {
    return {
      automatable: has('AV:N', 'AC:L', 'Au:N') ? 'yes' : 'no',
      automatableIsStated: false,
      technicalImpact: has('C:C', 'I:C') ? 'total' : 'partial',
    };
  }
  if (version === 'CVSS:4.0') {
    const exploitation = has('E:A') ? 'active' : has('E:P') ? 'public poc' : undefined;
    return {
      automatable: has('AU:Y') || (!has('AU:N') && has('AV:N', 'AC:L', 'AT:N', 'PR:N', 'UI:N')) ? 'yes' : 'no',
      automatableIsStated: has('AU:Y') || has('AU:N'),
      technicalImpact: has('VC:H', 'VI:H') ? 'total' : 'partial',
      ...(exploitation && { exploitation }),
    };
  }
  return {
    automatable: has('AV:N', 'AC:L', 'PR:N', 'UI:N') ? 'yes' : 'no',
    automatableIsStated: false,
    technicalImpact: has('C:H', 'I:H') ? 'total' : 'partial',
  };
};

/** The library writes what it cannot read to the console, so only what looks like a vector gets to it. */
const SHAPE = /^(?:CVSS:\d\.\d\/)?[A-Za-z]{1,3}:[A-Za-z]{1,5}(?:\/[A-Za-z]{1,3}:[A-Za-z]{1,5})*$/;

/** The library reads unknown prefixes as one of its versions, so the name is compared; CVSS 2 has no prefix. */
const parseVector = (text: string): Cvss2 | Cvss3P0 | Cvss3P1 | Cvss4P0 | undefined => {
  if (!SHAPE.test(text) || repeatsMetric(text)) return undefined;
  const vector: Cvss2 | Cvss3P0 | Cvss3P1 | Cvss4P0 | null = cvss.fromVector(text);
  if (!vector?.isBaseFullyDefined()) return undefined;
  return !text.startsWith('CVSS:') || text.startsWith(`${vector.getVectorName()}/`) ? vector : undefined;
};

/** No version allows it, and the library would take the last. */
const repeatsMetric = (text: string): boolean => {
  const names = text.split('/').map((metric) => metric.slice(0, metric.indexOf(':')));
  return new Set(names).size < names.length;
};
