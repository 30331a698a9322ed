/** The images of an estate: repositories build upon few bases, again and again, and carry the vulnerabilities of both. */
import { createHash } from 'node:crypto';
import { ECOSYSTEMS, type Ecosystem, PLATFORMS, REPOSITORIES, SYSTEM_PACKAGES } from './packages.ts';
import { at, below, drawn, pick, type Random, type Shares, seeded, shuffled } from './random.ts';
import { drawVulnerabilities, type EstateVulnerability } from './vulnerabilities.ts';

export interface EstateFinding {
  readonly image: EstateImage;
  readonly vulnerability: EstateVulnerability;
  readonly layer: string;
  readonly filePath?: string;
}

export interface EstateImage {
  readonly repository: string;
  readonly tag: string;
  readonly digest: string;
  readonly platform: string;
  readonly ageDays: number;
  /** What Inspector counts; absent: it says nothing. */
  readonly inUseCount?: number;
}

export interface Estate {
  readonly vulnerabilities: readonly EstateVulnerability[];
  /** Those of one image stand together. */
  readonly findings: readonly EstateFinding[];
}

/**
 * All assumed. 40 findings an image: 25 of them of its base, in a layer that other images share. Of five findings one is
 * of another vulnerability than those before; one of the base comes again in many images, one of a library in two or three.
 */
const NEW_IN_BASES = 0.04;
const NEW_IN_LIBRARIES = 0.16;
const BUILDS_OF_A_BASE = 3;
/** Of what a base, or an ecosystem, ever had. */
const IN_ONE_BUILD = 0.5;
const IN_ONE_REPOSITORY = 0.1;
const IN_ONE_IMAGE = 0.4;
const OLDEST_DAYS = 180;

const FIRST_ID = 9_000_001;

/** Assumed: most images in a registry are old, or nobody says. */
const IN_USE_COUNTS: Shares<number | undefined> = [
  [1, 15],
  [2, 15],
  [6, 10],
  [0, 30],
  [undefined, 30],
];

/** `findings`: how many; the same of the same seed. */
export const drawEstate = (seed: number, findings: number): Estate => {
  const random = seeded(seed);
  const digest = (text: string): string => `sha256:${createHash('sha256').update(`${seed} ${text}`).digest('hex')}`;
  const ofBases = drawVulnerabilities(
    random,
    Math.max(PLATFORMS.length, Math.round(findings * NEW_IN_BASES)),
    () => SYSTEM_PACKAGES,
    FIRST_ID,
  );
  const ofLibraries = drawVulnerabilities(
    random,
    Math.max(ECOSYSTEMS.length, Math.round(findings * NEW_IN_LIBRARIES)),
    (index) => inTurn(ECOSYSTEMS, index).packages,
    FIRST_ID + ofBases.length,
  );
  const bases = PLATFORMS.map((platform, base) => {
    const ever = everyNth(ofBases, PLATFORMS.length, base);
    const builds = Array.from({ length: BUILDS_OF_A_BASE }, (_, build) => ({
      layer: digest(`base ${base}.${build}`),
      vulnerabilities: some(random, ever, IN_ONE_BUILD),
    }));
    return { platform, builds };
  });
  const repositories = REPOSITORIES.map((name, index) => ({
    name,
    base: pick(random, bases),
    ecosystem: inTurn(ECOSYSTEMS, index),
    vulnerabilities: some(
      random,
      everyNth(ofLibraries, ECOSYSTEMS.length, index % ECOSYSTEMS.length),
      IN_ONE_REPOSITORY,
    ),
  }));

  const found: EstateFinding[] = [];
  for (let number = 0; found.length < findings; number += 1) {
    const repository = inTurn(repositories, number);
    const { platform, builds } = repository.base;
    const tag = `1.${Math.floor(number / repositories.length)}.${below(random, 10)}`;
    const inUseCount = drawn(random, IN_USE_COUNTS);
    const image: EstateImage = {
      repository: repository.name,
      tag,
      digest: digest(`${repository.name}:${tag}`),
      platform,
      ageDays: below(random, OLDEST_DAYS),
      ...(inUseCount !== undefined && { inUseCount }),
    };
    const build = pick(random, builds);
    const layer = digest(`app ${number}`);
    const own = some(random, repository.vulnerabilities, IN_ONE_IMAGE);
    found.push(
      ...build.vulnerabilities.map((vulnerability) => ({ image, vulnerability, layer: build.layer })),
      ...own.map((vulnerability) => ({
        image,
        vulnerability,
        layer,
        filePath: pathOf(vulnerability, repository.ecosystem),
      })),
    );
  }
  return { vulnerabilities: [...ofBases, ...ofLibraries], findings: found.slice(0, findings) };
};

const inTurn = <T>(items: readonly T[], index: number): T => at(items, index % items.length);

const everyNth = <T>(items: readonly T[], n: number, first: number): readonly T[] =>
  items.filter((_, index) => index % n === first);

/** At least one. */
const some = <T>(random: Random, items: readonly T[], share: number): readonly T[] =>
  shuffled(random, items).slice(0, Math.max(1, Math.round(items.length * share)));

const pathOf = ({ package: { names } }: EstateVulnerability, { pathOf: path }: Ecosystem): string =>
  path(names.join(' '));
