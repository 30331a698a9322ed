/** The vulnerabilities that an estate's packages have, drawn with the published shares. */
import { at, below, dealt, drawn, pick, type Random, shuffled } from './random.ts';
import {
  EPSS_OF_EXPLOITED,
  EPSS_QUANTILES,
  EPSS_WITH_EXPLOIT,
  EXPLOITED_FLAWS,
  FIXABLE,
  FLAWS,
  type Flaw,
  KNOWN_EXPLOITED,
  PUBLIC_EXPLOIT,
  RANSOMWARE,
  SEVERITIES,
  WITHOUT_SCORE,
} from './shares.ts';

export interface EstatePackage {
  /** Of one source package: they have their vulnerabilities together. */
  readonly names: readonly string[];
  /** In Inspector's words. */
  readonly manager: 'OS' | 'NODEPKG' | 'PYTHONPKG' | 'JAR' | 'GOBINARY';
}

export interface EstateVulnerability {
  readonly id: string;
  readonly package: EstatePackage;
  readonly version: string;
  /** Absent: there is no fix. */
  readonly fixedIn?: string;
  /** Absent: nobody has scored it. */
  readonly flaw?: Flaw;
  /** Probability 0 to 1. */
  readonly epss: number;
  readonly exploit: boolean;
  readonly kev?: { readonly dateAdded: string; readonly ransomware: boolean };
}

type Exploited = 'in attacks' | 'by a public exploit' | 'not';

/**
 * `packagesOf`: those that the one at an index may be in. `first`: the number of the first one's id; nobody has assigned
 * numbers of seven digits yet.
 */
export const drawVulnerabilities = (
  random: Random,
  count: number,
  packagesOf: (index: number) => readonly EstatePackage[],
  first: number,
): readonly EstateVulnerability[] => {
  const exploited = dealt<Exploited>(
    random,
    [
      ['in attacks', KNOWN_EXPLOITED],
      ['by a public exploit', PUBLIC_EXPLOIT],
      ['not', 1 - KNOWN_EXPLOITED - PUBLIC_EXPLOIT],
    ],
    count,
  );
  const severities = dealt(random, SEVERITIES, count);
  const isScored = dealt(random, yesOrNo(1 - WITHOUT_SCORE), count);
  const isFixable = dealt(random, yesOrNo(FIXABLE), count);
  const epss = epssOf(random, exploited);
  const inAttacks = exploited.filter((how) => how === 'in attacks').length;
  const exploitedFlaws = dealt(random, EXPLOITED_FLAWS, inAttacks).values();
  return exploited.map((how, index) => {
    const version = `${1 + below(random, 6)}.${below(random, 20)}.${below(random, 12)}`;
    const listed = how === 'in attacks' ? exploitedFlaws.next().value : undefined;
    const flaw = listed ?? (at(isScored, index) ? drawn(random, FLAWS[at(severities, index)]) : undefined);
    return {
      id: `CVE-${2020 + below(random, 7)}-${first + index}`,
      package: pick(random, packagesOf(index)),
      version,
      ...(at(isFixable, index) && {
        fixedIn: `${version.slice(0, version.lastIndexOf('.'))}.${20 + below(random, 9)}`,
      }),
      ...(flaw && { flaw }),
      epss: at(epss, index),
      exploit: how !== 'not',
      ...(listed && { kev: { dateAdded: dayAdded(random), ransomware: random() < RANSOMWARE } }),
    };
  });
};

const yesOrNo = (share: number) =>
  [
    [true, share],
    [false, 1 - share],
  ] as const;

/** The scores have their published distribution, and who is exploited has the high ones. */
const epssOf = (random: Random, exploited: readonly Exploited[]): readonly number[] => {
  const count = exploited.length;
  const ranks = shuffled(
    random,
    exploited.map((_, index) => (index + 0.5) / count),
  );
  const free = new Set(ranks);
  const takeFrom = (lowest: number): number => {
    const [rank = lowest] = [...free].filter((one) => one >= lowest);
    free.delete(rank);
    return rank;
  };
  const taken = new Map<number, number>();
  const give = (how: Exploited, lowest: number): void =>
    exploited.forEach((one, index) => {
      if (one === how) taken.set(index, takeFrom(lowest));
    });
  give('in attacks', EPSS_OF_EXPLOITED);
  give('by a public exploit', EPSS_WITH_EXPLOIT);
  const rest = [...free].values();
  return exploited.map((_, index) => epssAt(taken.get(index) ?? rest.next().value ?? 0));
};

/** Between two published points on the scale of logarithms; five digits, as FIRST gives them. */
export const epssAt = (percentile: number): number => {
  const above = Math.max(
    1,
    EPSS_QUANTILES.findIndex(([rank]) => rank >= percentile),
  );
  const [[low, from], [high, to]] = [at(EPSS_QUANTILES, above - 1), at(EPSS_QUANTILES, above)];
  const score = from * (to / from) ** ((percentile - low) / (high - low));
  return Number(score.toFixed(5));
};

/** CISA's catalogue began in November 2021. */
const dayAdded = (random: Random): string =>
  new Date(Date.UTC(2021, 10, 3 + below(random, 1800))).toISOString().slice(0, 10);
