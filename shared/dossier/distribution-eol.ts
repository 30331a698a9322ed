/** Whether the distribution of an image still gets security fixes. */
import { type Known, known, unknown } from '../base/known.ts';
import { DISTRIBUTIONS, type Distribution, ROLLING_DISTRIBUTIONS } from './distributions.ts';

interface NamedRelease {
  /** `Debian 12`. */
  readonly name: string;
  readonly source: string;
}

export type EndOfLife =
  | (NamedRelease & {
      readonly state: 'ended';
      /** The last day with fixes for everybody, `2026-08-31`. */
      readonly end: string;
      /** What can still be bought. */
      readonly paid?: { readonly offer: string; readonly until: string };
    })
  /** Without `end`: none is announced. */
  | (NamedRelease & { readonly state: 'supported'; readonly end?: string })
  /** Without releases, so without an end. */
  | (NamedRelease & { readonly state: 'rolling' });

/** `fields`: of os-release; `today`: `2026-11-20`, in UTC. Unknown: a distribution or a release that the table lacks. */
export const endOfLife = (fields: Readonly<Record<string, string>>, today: string): Known<EndOfLife> => {
  const { ID: id, VERSION_ID: version } = fields;
  if (id === undefined) return unknown('os-release does not name the distribution');
  const rolling = ROLLING_DISTRIBUTIONS.find((distribution) => distribution.id === id);
  if (rolling) return known({ state: 'rolling', name: rolling.name, source: rolling.source });
  if (version === undefined) return unknown(`os-release does not name the version of ${id}`);
  for (const distribution of DISTRIBUTIONS) {
    const release = releaseOf(distribution, fields, version);
    if (release) return known(stateOf(distribution, release, today));
  }
  return unknown(`the end of support of ${id} ${version} is not known`);
};

type Release = Distribution['releases'][number];

const releaseOf = (
  { id, osName, releases }: Distribution,
  fields: Readonly<Record<string, string>>,
  version: string,
): Release | undefined =>
  id === fields.ID && (osName === undefined || osName === fields.NAME) && !isDevelopment(version)
    ? // SUSE writes its first release without a service pack: `15` is `15.0`.
      releases.find(([listed]) => version === listed || version.startsWith(`${listed}.`) || `${version}.0` === listed)
    : undefined;

/** Alpine's edge names the release that it will become: `3.25.0_alpha20261101`. */
const isDevelopment = (version: string): boolean => version.includes('_alpha');

const stateOf = (distribution: Distribution, [version, end, paidEnd]: Release, today: string): EndOfLife => {
  const release = { name: `${distribution.name} ${version}`, source: distribution.source };
  if (end === undefined) return { ...release, state: 'supported' };
  if (today <= end) return { ...release, state: 'supported', end };
  const { paidSupport: offer } = distribution;
  const bought = offer !== undefined && paidEnd !== undefined && today <= paidEnd;
  return { ...release, state: 'ended', end, ...(bought && { paid: { offer, until: paidEnd } }) };
};
