/** The bytes of a private key in PEM, if that is what its body is. */
import { entropyOf } from '../plausible.ts';

export interface PrivateKey {
  readonly bytes: Buffer;
  /** Protected by a passphrase. */
  readonly encrypted: boolean;
}

/** An Ed25519 key in PKCS#8 has 48 bytes, an Ed25519 key of OpenPGP a few more. */
const SHORTEST = 40;
const OPENSSH = Buffer.from('openssh-key-v1\0', 'latin1');

/**
 * `label`: between BEGIN and PRIVATE KEY. `body`: with headers, line ends (also escaped, as in JSON), indentation,
 * quotes and `+` between lines; `undefined`: no key, cut, or a stand-in.
 */
export const readPrivateKey = (label: string, body: string): PrivateKey | undefined => {
  // Each run of backslashes is read once, from its beginning.
  const lines = body.replace(/(?<!\\)\\+[nrt]/g, '\n').replace(/\\\//g, '/');
  const legacy = /Proc-Type: 4,ENCRYPTED/.test(lines);
  const base64 = lines
    .replace(/^[^\n:]{1,60}: [^\n]*$/gm, '')
    // The armour of OpenPGP ends with a checksum on a line of its own.
    .replace(/\n[\s"'#]{0,60}=[A-Za-z0-9+/]{4}\s*$/, '')
    .replace(/["'`][\s]*[+.]?(?=\s)|[\s"'`,\\#;*]/g, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return undefined;
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length < SHORTEST) return undefined;
  if (legacy) return isCiphertext(bytes) ? { bytes, encrypted: true } : undefined;
  if (label === 'PGP') return isSecretKeyPacket(bytes) ? { bytes, encrypted: isEncryptedPacket(bytes) } : undefined;
  if (label === 'OPENSSH') return openSsh(bytes);
  return der(bytes, label === 'ENCRYPTED');
};

const isCiphertext = (bytes: Buffer): boolean => bytes.length % 8 === 0 && entropyOf(bytes.toString('latin1')) > 4.5;

const openSsh = (bytes: Buffer): PrivateKey | undefined => {
  if (bytes.compare(OPENSSH, 0, OPENSSH.length, 0, OPENSSH.length) !== 0) return undefined;
  const cipher = bytes.toString('latin1', OPENSSH.length + 4, OPENSSH.length + 8);
  return { bytes, encrypted: cipher !== 'none' };
};

/** The first packet of a transferable secret key, in the old and in the new format (RFC 9580, 4.2 and 5.5). */
const isSecretKeyPacket = (bytes: Buffer): boolean => {
  const first = bytes[0] ?? 0;
  return (first & 0xc0) === 0xc0 ? (first & 0x3f) === 5 : (first & 0xfc) === 0x94;
};

/** How many bytes of public numbers may stand before the string-to-key of a protected key; RSA's of 8192 bits are 1,030. */
const PUBLIC_PART = 1200;

/** After its public part a protected key has a usage octet (254, 255), a cipher (7 to 13) and salted, iterated S2K (3). */
const isEncryptedPacket = (bytes: Buffer): boolean => {
  for (let index = 0; index < Math.min(bytes.length, PUBLIC_PART); index += 1) {
    const [usage = 0, cipher = 0, s2k = 0] = bytes.subarray(index, index + 3);
    if (usage >= 254 && cipher >= 7 && cipher <= 13 && s2k === 3) return true;
  }
  return false;
};

const SEQUENCE = 0x30;
const INTEGER = 0x02;
const OCTET_STRING = 0x04;

interface Element {
  readonly tag: number;
  readonly start: number;
  readonly end: number;
}

const elementAt = (bytes: Buffer, at: number): Element | undefined => {
  const [tag, first] = [bytes[at], bytes[at + 1]];
  if (tag === undefined || first === undefined) return undefined;
  const more = first < 0x80 ? 0 : first & 0x7f;
  if (more > 3 || at + 2 + more > bytes.length) return undefined;
  const length = more === 0 ? first : bytes.readUIntBE(at + 2, more);
  const start = at + 2 + more;
  return start + length <= bytes.length ? { tag, start, end: start + length } : undefined;
};

/** A sequence that fills the bytes, with a version and what each form has after it. */
const der = (bytes: Buffer, encrypted: boolean): PrivateKey | undefined => {
  const whole = elementAt(bytes, 0);
  if (whole?.tag !== SEQUENCE || whole.end !== bytes.length) return undefined;
  const first = elementAt(bytes, whole.start);
  const second = first && elementAt(bytes, first.end);
  if (first === undefined || second === undefined) return undefined;
  const fits = encrypted
    ? first.tag === SEQUENCE && second.tag === OCTET_STRING
    : first.tag === INTEGER && first.end - first.start === 1 && [SEQUENCE, INTEGER, OCTET_STRING].includes(second.tag);
  return fits ? { bytes, encrypted } : undefined;
};
