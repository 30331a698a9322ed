/** JSON Web Tokens that open something: signed, with claims, and not made for a day. */
import { ALONE, type Detector, ENDED } from '../detector.ts';

/** Characters of a signature by its algorithm: HMAC, ECDSA and EdDSA; RSA's are its key's length, 1024 bits and more. */
const SIGNATURES: Readonly<Record<string, number>> = {
  HS256: 43,
  HS384: 64,
  HS512: 86,
  ES256: 86,
  ES384: 128,
  ES512: 176,
  EdDSA: 86,
};
const SHORTEST_RSA = 171;

const CLAIMS = ['iss', 'sub', 'aud', 'exp', 'iat', 'nbf', 'jti', 'role', 'scope'];
/** Nobody can use such a token by the time that an image is shared. */
const A_DAY = 86_400;

interface Payload {
  readonly [claim: string]: unknown;
}

const isObject = (value: unknown): value is Payload =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const readPart = (part: string): Payload | undefined => {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

const isSigned = (algorithm: unknown, signature: string): boolean =>
  typeof algorithm === 'string' &&
  (/^[RP]S(?:256|384|512)$/.test(algorithm)
    ? signature.length >= SHORTEST_RSA
    : SIGNATURES[algorithm] === signature.length);

const opensSomething = (payload: Payload): boolean => {
  const { exp, iat, sub, role } = payload;
  const isShort = typeof exp === 'number' && typeof iat === 'number' && exp - iat <= A_DAY;
  // The example of jwt.io, and Supabase's key for everybody.
  return CLAIMS.some((claim) => claim in payload) && !isShort && sub !== '1234567890' && role !== 'anon';
};

const isOfKubernetes = (payload: Payload): boolean =>
  'kubernetes.io' in payload ||
  'kubernetes.io/serviceaccount/namespace' in payload ||
  payload.iss === 'kubernetes/serviceaccount';

const webToken = (kind: Detector['kind'], recognised: string, wants: (payload: Payload) => boolean): Detector => ({
  kind,
  recognised,
  // `{"alg`, `{"typ`, `{"kid`, `{"x5`, `{"cty`, `{"jku` in Base64.
  anchors: ['eyJhbG', 'eyJ0eX', 'eyJraW', 'eyJ4NX', 'eyJjdH', 'eyJqa3'],
  form: new RegExp(
    String.raw`${ALONE}(?<header>eyJ[\w-]{10,4000})\.(?<payload>eyJ[\w-]{4,8000})\.(?<signature>[\w-]{43,1400})${ENDED}`,
    'y',
  ),
  proven: false,
  secretsIn: ({ match }) => {
    const header = readPart(match.groups?.header ?? '');
    const payload = readPart(match.groups?.payload ?? '');
    if (header === undefined || payload === undefined || !isSigned(header.alg, match.groups?.signature ?? ''))
      return [];
    return opensSomething(payload) && wants(payload) ? [match[0]] : [];
  },
});

export const JSON_WEB_TOKENS: readonly Detector[] = [
  webToken(
    'jwt',
    'a JSON Web Token with claims and a signature of its algorithm’s length; none that lives for a day or less',
    (payload) => !isOfKubernetes(payload),
  ),
  webToken('kubernetes-credentials', 'the token of a service account', isOfKubernetes),
];
