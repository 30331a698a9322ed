/** Private keys in PEM: PKCS#1, PKCS#8, SEC 1, OpenSSH, OpenPGP; as text, inside JSON and scripts, in Base64 once more. */
import type { Detector, Fit } from '../detector.ts';
import { type PrivateKey, readPrivateKey } from './read-private-key.ts';

const ANCHOR = '-----BEGIN ';
/** Bounded: a key of 16384 bits is 12,700 characters. A single hyphen is allowed for headers (`DEK-Info: AES-128-CBC`). */
const PEM =
  '-----BEGIN (?<label>[A-Z0-9 ]{0,30})PRIVATE KEY(?: BLOCK)?-----(?<body>(?:[^-]|-(?!----)){40,16000})-----END';

const keyOf = ({ groups }: RegExpExecArray): PrivateKey | undefined =>
  readPrivateKey(groups?.label?.trim() ?? '', groups?.body ?? '');

/** A service account's key stands in a JSON object with these members, in any order. */
const isOfServiceAccount = ({ text, start }: Fit): boolean =>
  /"private_key\\*"\s*:\s*\\*"$/.test(text.slice(Math.max(0, start - 40), start)) &&
  /"(?:service_account|private_key_id)\\*"/.test(text.slice(Math.max(0, start - 3000), start + 6000));

const pem = (kind: Detector['kind'], recognised: string, wants: (key: PrivateKey, fit: Fit) => boolean): Detector => ({
  kind,
  recognised,
  anchors: [ANCHOR],
  form: new RegExp(PEM, 'y'),
  proven: false,
  secretsIn: (fit) => {
    const key = keyOf(fit.match);
    return key !== undefined && wants(key, fit) ? [key.bytes] : [];
  },
});

const inBase64 = (kind: Detector['kind'], recognised: string, ofCluster: boolean): Detector => ({
  kind,
  recognised,
  // `-----BEGIN ` in Base64.
  anchors: ['LS0tLS1CRUdJTi'],
  // Only the first of a run, so that a run is read once.
  form: /(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{100,24000}/y,
  proven: false,
  secretsIn: ({ text, start, match }) => {
    const inner = new RegExp(PEM).exec(Buffer.from(match[0], 'base64').toString('latin1'));
    const key = inner === null ? undefined : keyOf(inner);
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
