/** A DSSE envelope: a statement in base64 with its signatures, alone or within one of Sigstore's bundles. */
import * as z from 'zod/mini';

const envelope = z.object({
  payload: z.string(),
  payloadType: z.string(),
  signatures: z.array(z.object({ sig: z.string() })).check(z.maxLength(20)),
});
const enveloped = z.union([
  envelope,
  z.pipe(
    z.object({ dsseEnvelope: envelope }),
    z.transform((bundle) => bundle.dsseEnvelope),
  ),
]);

export type DsseEnvelope = z.infer<typeof envelope>;

/** Undefined for a document that is neither. */
export const parseEnvelope = (text: string): DsseEnvelope | undefined => {
  try {
    return enveloped.safeParse(JSON.parse(text)).data;
  } catch {
    // What is no JSON is no envelope either.
    return undefined;
  }
};

export const payloadOf = ({ payload }: DsseEnvelope): Buffer => Buffer.from(payload, 'base64');

/** What the signatures are made over: `DSSEv1 <length> <type> <length> <payload>`. */
export const signedBytes = (one: DsseEnvelope): Buffer => {
  const payload = payloadOf(one);
  const type = one.payloadType;
  return Buffer.concat([Buffer.from(`DSSEv1 ${Buffer.byteLength(type)} ${type} ${payload.length} `), payload]);
};

/** The statement in an envelope; any other document is the statement itself. */
export const statementText = (text: string): string => {
  const found = parseEnvelope(text);
  return found === undefined ? text : payloadOf(found).toString('utf8');
};
