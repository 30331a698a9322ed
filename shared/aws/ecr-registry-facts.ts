/** What ECR knows around an image: what refers to it, what its tags name, whether they can be moved. */
import {
  BatchGetImageCommand,
  DescribeRepositoriesCommand,
  type ECRClient,
  ImageFailureCode,
  ImageTagMutability,
  ListImageReferrersCommand,
} from '@aws-sdk/client-ecr';
import { SekishoError } from '../base/errors.ts';
import { type Known, known, unknown } from '../base/known.ts';
import { type Digest, parseDigest } from '../image/digest.ts';
import type { ImageReference } from '../image/image-reference.ts';
import { MANIFEST_MEDIA_TYPES } from '../image/media-types.ts';
import type { Referrer, RegistryFacts, RepositoryReference } from '../pipeline/inspection-ports.ts';
import { ecrClients } from './ecr-clients.ts';
import { errorFromAws } from './error-from-aws.ts';

/** An image has a few signatures, SBOMs and attestations; whoever adds thousands does not make it more signed. */
const MOST_REFERRERS = 200;
const PAGE = 50;

export const ecrRegistryFacts = (): RegistryFacts => {
  const ecrOf = ecrClients();
  return {
    referrersOf: (image) => asKnown('Listing what refers to an image', () => listReferrers(ecrOf(image), image)),
    digestOfTag: (repository, tag) =>
      asKnown('Looking up a tag', () => digestOfTag(ecrOf(repository), repository, tag)),
    tagMutabilityOf: async (repository) => {
      const what = 'Reading whether tags can be moved';
      const answer = await asKnown(what, () => mutabilityOf(ecrOf(repository), repository));
      return answer.known ? answer.value : answer;
    },
  };
};

const asKnown = async <T>(what: string, call: () => Promise<T>): Promise<Known<T>> => {
  try {
    return known(await call());
  } catch (thrown) {
    const error = errorFromAws(thrown, what);
    // A burst of pushes is over soon, and the whole image is asked about again; other failures may last.
    if (error.code === 'AWS_THROTTLED') throw error;
    return unknown(error.message);
  }
};

const listReferrers = async (ecr: ECRClient, image: ImageReference): Promise<readonly Referrer[]> => {
  const found: Referrer[] = [];
  let nextToken: string | undefined;
  do {
    const page = await ecr.send(
      new ListImageReferrersCommand({
        registryId: image.account,
        repositoryName: image.repository,
        subjectId: { imageDigest: image.digest },
        maxResults: PAGE,
        nextToken,
      }),
    );
    for (const { digest, artifactType } of page.referrers ?? []) {
      const parsed = parseDigest(digest);
      if (parsed !== undefined) found.push({ digest: parsed, artifactType: artifactType ?? '' });
    }
    nextToken = page.nextToken;
  } while (nextToken !== undefined && found.length < MOST_REFERRERS);
  return found;
};

const digestOfTag = async (
  ecr: ECRClient,
  { account, repository }: RepositoryReference,
  tag: string,
): Promise<Digest | undefined> => {
  const { images = [], failures = [] } = await ecr.send(
    new BatchGetImageCommand({
      registryId: account,
      repositoryName: repository,
      imageIds: [{ imageTag: tag }],
      acceptedMediaTypes: [...MANIFEST_MEDIA_TYPES],
    }),
  );
  const digest = parseDigest(images[0]?.imageId?.imageDigest);
  if (digest !== undefined) return digest;
  // ECR reports some failures inside HTTP 200: only this one says that there is no such tag.
  const code = failures[0]?.failureCode;
  if (code === ImageFailureCode.ImageNotFound) return undefined;
  throw new SekishoError('AWS_UNAVAILABLE', `Looking up a tag failed: ${code ?? 'ECR named no digest'}`);
};

const mutabilityOf = async (
  ecr: ECRClient,
  { account, repository }: RepositoryReference,
): Promise<Known<'MUTABLE' | 'IMMUTABLE'>> => {
  const { repositories = [] } = await ecr.send(
    new DescribeRepositoriesCommand({ registryId: account, repositoryNames: [repository] }),
  );
  switch (repositories[0]?.imageTagMutability) {
    case ImageTagMutability.IMMUTABLE:
      return known('IMMUTABLE');
    case ImageTagMutability.MUTABLE:
      return known('MUTABLE');
    case ImageTagMutability.IMMUTABLE_WITH_EXCLUSION:
    case ImageTagMutability.MUTABLE_WITH_EXCLUSION:
      return unknown('the repository lets some tags be moved and others not');
    default:
      return unknown('ECR does not say whether tags can be moved');
  }
};
