/** What a replay does not ask: the registry and the account. All of it is unknown, as after a lookup that failed. */
import { SekishoError } from '../../shared/base/errors.ts';
import { unknown } from '../../shared/base/known.ts';
import type { KevList } from '../../shared/evidence/kev-list.ts';
import type {
  FindingDetailsSource,
  ImageSource,
  KevStore,
  RepositoryTagSource,
  WorkloadSource,
} from '../../shared/pipeline/ports.ts';

/** One for all: making an error takes longer than much of the work on an event. */
const NO_REGISTRY = new SekishoError('IMAGE_NOT_FOUND', 'a replay reads no registry');

const refuse: ImageSource['fetchManifest'] = async () => {
  throw NO_REGISTRY;
};

export const noRegistry: ImageSource = {
  fetchManifest: refuse,
  fetchBlob: async (image) => (await refuse(image)).body,
};

const NO_ACCOUNT = unknown('a replay asks no account');

export const noAccount: WorkloadSource = {
  workloadsOf: async (images) => images.map(() => NO_ACCOUNT),
  taskContextOf: async () => NO_ACCOUNT,
};

export const noRepositoryTags: RepositoryTagSource = { tagsOf: async (images) => images.map(() => NO_ACCOUNT) };

export const noDetails: FindingDetailsSource = { detailsOf: async (arns) => arns.map(() => NO_ACCOUNT) };

/** CISA's list as it was given; undefined: it was not. */
export const givenKev = (list: KevList | undefined): KevStore => ({
  get: async () => list,
  put: async () => {
    throw new Error('a replay loads no list');
  },
});
