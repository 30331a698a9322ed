/** A content digest as the OCI image specification writes it; only sha256, the one algorithm that ECR stores. */
export type Digest = string & { readonly __brand: 'Digest' };

const DIGEST = /^sha256:[a-f0-9]{64}$/;

export const isDigest = (text: unknown): text is Digest => typeof text === 'string' && DIGEST.test(text);

/** The digest, or undefined when the text is none. */
export const parseDigest = (text: unknown): Digest | undefined => (isDigest(text) ? text : undefined);

/** The first twelve hex digits, as Docker and ECR print them. */
export const shortDigest = (digest: Digest): string => digest.slice('sha256:'.length, 'sha256:'.length + 12);

/** The hex digits alone: a part of a key, or of a tag. */
export const digestHex = (digest: Digest): string => digest.slice('sha256:'.length);
