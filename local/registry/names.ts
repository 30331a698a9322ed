/** The names that ECR allows for repositories and tags. */

const REPOSITORY = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
/** The distribution specification's tag; ECR's own limit of 300 characters is never reached. */
const TAG = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;

/** 2 to 256 characters, as the model of ECR's API says. */
export const isRepositoryName = (text: string): boolean =>
  text.length >= 2 && text.length <= 256 && REPOSITORY.test(text);

export const isTag = (text: string): boolean => TAG.test(text);
