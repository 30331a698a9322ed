/** The checksum at the end of GitHub's and npm's tokens: CRC-32 of the random part, six digits of base 62. */
import { crc32 } from 'node:zlib';

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const LENGTH = 6;

const checksumOf = (random: string): string => {
  let [rest, digits] = [crc32(random), ''];
  while (digits.length < LENGTH) {
    digits = DIGITS.charAt(rest % DIGITS.length) + digits;
    rest = Math.floor(rest / DIGITS.length);
  }
  return digits;
};

/** `body`: what follows the prefix. GitHub, "Behind GitHub's new authentication token formats" (2021). */
export const hasChecksum = (body: string): boolean => body.endsWith(checksumOf(body.slice(0, -LENGTH)));
