/** Publishers of base images whose repositories are curated: who may push there is vetted, and what is there is kept up. */

/** Prefixes of full names. */
export const TRUSTED_PUBLISHERS = [
  // Docker Official Images, and AWS's copy of them.
  'docker.io/library/',
  'public.ecr.aws/docker/library/',
  // AWS's own; Canonical's.
  'public.ecr.aws/amazonlinux/',
  'public.ecr.aws/lambda/',
  'public.ecr.aws/eks-distro/',
  'public.ecr.aws/ubuntu/',
  // Google's distroless, Chainguard, Docker Hardened Images.
  'gcr.io/distroless/',
  'cgr.dev/',
  'dhi.io/',
  // The vendors of the distributions and of .NET.
  'registry.access.redhat.com/',
  'registry.redhat.io/',
  'registry.suse.com/',
  'mcr.microsoft.com/',
] as const;

const PRIVATE_ECR =
  /^(\d{12})\.dkr[.-]ecr(?:-fips)?\.[a-z0-9-]+\.(?:amazonaws\.com(?:\.cn)?|amazonaws\.eu|on\.aws|on\.amazonwebservices\.com\.cn)$/;

/** The account of a private ECR registry; undefined: the host is none. */
export const ecrAccount = (host: string): string | undefined => PRIVATE_ECR.exec(host)?.[1];
