/** What a replay does not ask: the registry and the account. Both are unknown, as after a lookup that failed. */
import { SekishoError } from '../../shared/base/errors.ts';
import { unknown } from '../../shared/base/known.ts';
import type { ImageSource, WorkloadSource } from '../../shared/pipeline/ports.ts';

const refuse: ImageSource['fetchManifest'] = async () => {
  throw new SekishoError('IMAGE_NOT_FOUND', 'a replay reads no registry');
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
