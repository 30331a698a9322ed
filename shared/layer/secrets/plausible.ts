/** Whether a text can be a secret at all: random enough, and nothing that people write in its place. */

/** Shannon's entropy of its characters, in bits each. */
export const entropyOf = (text: string): number => {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
};

/** Words of placeholders, wherever they stand; none is likely to come up in a random text. */
const STAND_IN =
  /example|placeholder|change.?(?:me|it|this)|your.{0,3}(?:key|token|pass|secret|api|name)|<[^<>]*>|redacted|replace|insert.?|dummy|sample|x{5}|\*{3}|\.{3}|0{8}|12345678|abcdefgh|foobar|deadbeef|not.?a.?real|fake.?(?:key|token|secret)|test.?(?:key|token|secret)/i;

/** A value that stands in for a secret: `AKIAIOSFODNN7EXAMPLE`, `your-token`, `xxxxxxxx`. */
export const isStandIn = (value: string): boolean => STAND_IN.test(value);

/** A token's random part: no stand-in, and at least `bits` of entropy a character. */
export const isRandom = (value: string, bits: number): boolean => !isStandIn(value) && entropyOf(value) >= bits;

/** Passwords that are written where none is meant, and those that protect nothing. */
const COMMON_WORD =
  /^(?:pass(?:word|wd|phrase)?|passwd|pwd|pw|secret|token|user(?:name)?|admin(?:istrator)?|root|guest|test(?:ing)?|demo|foo|bar|baz|qux|my.?(?:pass(?:word)?|secret|token|key)|some.?(?:pass(?:word)?|secret|token)|postgres|mysql|mongo|redis|rabbitmq|none|null|undefined|default|hidden|private|string|value|key|xxx+|\*+|\.+|-+|_+|s3cr3t|p4ssw0rd|pass(?:word)?123|abc123|abcd?|1234\d*)$/i;

/** A password as people choose them: only what is certainly none is refused. */
export const isPassword = (value: string): boolean =>
  value.length >= 4 && !isStandIn(value) && !COMMON_WORD.test(value) && !/^[%$]|[{}<>]|\$\(|^(.)\1*$/.test(value);

/** What people and programs write that is long and has digits too. */
const WRITTEN = [
  // `scram-sha-256`, `rotate_2_times`.
  /^(?=.*[a-z]{3})[a-z0-9]+(?:[-_.:][a-z0-9]+)+$/,
  // `aws-ec2.CfnResourceToken`, `Shards[-1].ShardId`: names joined by points and slashes, with a digit or two.
  /^(?!(?:[^0-9]*[0-9]){3})[A-Za-z_][\w[\]-]*(?:[./:]+[A-Za-z_][\w[\]-]*)+$/,
  /^\d{4}-\d\d-\d\dT/,
  /passw(?:or)?d/i,
] as const;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A value that no person would have written: letters and digits, long and without a pattern. At most 400 characters. */
export const looksGenerated = (value: string): boolean =>
  value.length >= 12 &&
  /\d/.test(value) &&
  /[A-Za-z]/.test(value) &&
  (UUID.test(value) || !WRITTEN.some((written) => written.test(value))) &&
  isPassword(value) &&
  entropyOf(value) >= (value.length >= 20 ? 3.5 : 3);
