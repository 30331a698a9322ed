/**
 * The estate as cases of `sekisho decide`: its findings with the place each image runs in, drawn as well. Nobody publishes
 * shares of these for container images on AWS, so all of them are assumed. What comes of it depends on them little, but
 * on one thing much: that a guess from a CVSS vector is no evidence of automation (`automatableEvidence`).
 */
import type { EstateFinding, EstateImage } from './images.ts';
import { drawn, type Random, type Shares } from './random.ts';

interface Place {
  readonly mwi: 'low' | 'medium' | 'high';
  readonly inUse?: boolean;
  readonly exposure?: 'small' | 'controlled' | 'open';
  readonly barriers?: number;
  readonly vmBoundary: boolean;
}

export interface Case {
  readonly id: string;
  readonly family: 'vulnerability';
  readonly input: Readonly<Record<string, string | number | boolean>>;
}

/** Most repositories have no tag, and the policy's default is medium. */
const MISSION: Shares<Place['mwi']> = [
  ['low', 20],
  ['medium', 65],
  ['high', 15],
];

/** Undefined: nobody can say, as of images that other accounts may pull. */
const IN_USE: Shares<boolean | undefined> = [
  [true, 60],
  [false, 15],
  [undefined, 25],
];

/** Of what runs, a quarter behind a public load balancer or address. */
const EXPOSURE: Shares<Place['exposure']> = [
  ['open', 25],
  ['controlled', 50],
  ['small', 15],
  [undefined, 10],
];

/** By runtime, with the weights of the barriers that it has by default; the user of the image is one more. */
const BARRIERS: Shares<Pick<Place, 'barriers' | 'vmBoundary'>> = [
  // ECS on Fargate, as root and not; hardened.
  [{ barriers: 8, vmBoundary: true }, 25],
  [{ barriers: 9, vmBoundary: true }, 15],
  [{ barriers: 10, vmBoundary: true }, 5],
  // An EKS node of Amazon Linux 2023.
  [{ barriers: 3, vmBoundary: false }, 15],
  [{ barriers: 4, vmBoundary: false }, 10],
  // ECS on EC2.
  [{ barriers: 4, vmBoundary: false }, 8],
  [{ barriers: 5, vmBoundary: false }, 7],
  // ECS Managed Instances.
  [{ barriers: 6, vmBoundary: false }, 4],
  // Privileged, or with the host's namespaces or socket.
  [{ barriers: 0, vmBoundary: false }, 1],
  [{ barriers: 1, vmBoundary: false }, 2],
  [{ vmBoundary: false }, 8],
];

export const casesOf = (random: Random, findings: readonly EstateFinding[]): readonly Case[] => {
  const missions = new Map<string, Place['mwi']>();
  const places = new Map<EstateImage, Place>();
  return findings.map((finding, index) => {
    const { image } = finding;
    const mwi = missions.get(image.repository) ?? drawn(random, MISSION);
    missions.set(image.repository, mwi);
    const place = places.get(image) ?? drawPlace(random, mwi);
    places.set(image, place);
    return { id: `estate-${index + 1}`, family: 'vulnerability', input: { ...flawOf(finding), ...inputOf(place) } };
  });
};

const drawPlace = (random: Random, mwi: Place['mwi']): Place => {
  const inUse = drawn(random, IN_USE);
  if (inUse === false) return { mwi, inUse, exposure: 'small', vmBoundary: false };
  const exposure = inUse ? drawn(random, EXPOSURE) : undefined;
  return {
    mwi,
    ...(inUse !== undefined && { inUse }),
    ...(exposure && { exposure }),
    ...drawn(random, BARRIERS),
  };
};

const inputOf = ({ mwi, ...place }: Place): Case['input'] => ({ MWI: mwi, ...place });

const flawOf = ({ vulnerability: { flaw, epss, exploit, kev } }: EstateFinding): Case['input'] => ({
  ...(flaw ? { cvss: flaw.score } : { severity: 'UNTRIAGED' }),
  E: kev ? 'active' : exploit ? 'public poc' : 'none',
  kev: kev !== undefined,
  epss,
  A: flaw?.automatable ?? 'yes',
  automatableEvidence: flaw ? 'cvss' : 'default',
  TI: flaw?.impact ?? 'total',
});
