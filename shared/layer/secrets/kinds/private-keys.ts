/** Private keys in PEM: PKCS#1, PKCS#8, SEC 1, OpenSSH, OpenPGP; as text, inside JSON and scripts, in Base64 once more. */
import type { Detector, Fit } from '../detector.ts';
import { type PrivateKey, readPrivateKey } from './read-private-key.ts';

const ANCHOR = '-----BEGIN ';
/** Bounded: a key of 16384 bits is 12,700 characters. A single hyphen is allowed for headers (`DEK-Info: AES-128-CBC`). */
const PEM =
  '-----BEGIN (?<label>[A-Z0-9 ]{0,30})PRIVATE KEY(?: BLOCK)?-----(?<body>(?:[^-]|-(?!----)){40,16000})-----END';
const OUTER = new RegExp(PEM, 'y');
const INNER = new RegExp(PEM);
/** Only the first of a run, so that a run is read once. */
const IN_BASE64 = /(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{100,24000}/y;

/** Several detectors judge the same match: its key is read once. */
const keys = new WeakMap<RegExpExecArray, PrivateKey | 'none'>();

const keyFrom = ({ groups }: RegExpExecArray): PrivateKey | undefined =>
  readPrivateKey(groups?.label?.trim() ?? '', groups?.body ?? '');

const keyOf = (match: RegExpExecArray, read: (match: RegExpExecArray) => PrivateKey | undefined) => {
  const key = keys.get(match) ?? read(match) ?? 'none';
  keys.set(match, key);
  return key === 'none' ? undefined : key;
};

const keyInBase64 = (match: RegExpExecArray): PrivateKey | undefined => {
  const inner = INNER.exec(Buffer.from(match[0], 'base64').toString('latin1'));
  return inner === null ? undefined : keyFrom(inner);
};

/** A service account's key stands in a JSON object with these members, in any order. */
const isOfServiceAccount = ({ text, start }: Fit): boolean =>
  /"private_key\\*"\s*:\s*\\*"$/.test(text.slice(Math.max(0, start - 40), start)) &&
  /"(?:service_account|private_key_id)\\*"/.test(text.slice(Math.max(0, start - 3000), start + 6000));

const pem = (kind: Detector['kind'], recognised: string, wants: (key: PrivateKey, fit: Fit) => boolean): Detector => ({
  kind,
  recognised,
  anchors: [ANCHOR],
  form: OUTER,
  proven: false,
  secretsIn: (fit) => {
    const key = keyOf(fit.match, keyFrom);
    return key !== undefined && wants(key, fit) ? [key.bytes] : [];
  },
});

const inBase64 = (kind: Detector['kind'], recognised: string, ofCluster: boolean): Detector => ({
  kind,
  recognised,
  // `-----BEGIN ` in Base64.
  anchors: ['LS0tLS1CRUdJTi'],
  form: IN_BASE64,
  proven: false,
  secretsIn: ({ text, start, match }) => {
    const key = keyOf(match, keyInBase64);
    const isClusterUser = /client-key-data\\*["']?\s*:\s*\\*["']?$/.test(text.slice(Math.max(0, start - 40), start));
    return key !== undefined && isClusterUser === ofCluster ? [key.bytes] : [];
  },
});

export const PRIVATE_KEYS: readonly Detector[] = [
  pem(
    'private-key',
    'PEM whose body is a key in DER (PKCS#1, PKCS#8, SEC 1), an OpenSSH or an OpenPGP private key',
    (key, fit) => !key.encrypted && !isOfServiceAccount(fit),
  ),
  pem('encrypted-private-key', 'the same, protected by a passphrase', (key) => key.encrypted),
  pem(
    'gcp-service-account',
    '`private_key` in the JSON key file of a service account',
    (key, fit) => !key.encrypted && isOfServiceAccount(fit),
  ),
  inBase64('private-key', 'such PEM in Base64 once more, as in a Kubernetes secret', false),
  inBase64('kubernetes-credentials', '`client-key-data` of a kubeconfig', true),
];
