/** Made-up tokens of the known makes, drawn at random so that no real one is ever in the repository. */
import fc from 'fast-check';

const from = (alphabet: string, length: number) =>
  fc.string({ unit: fc.constantFrom(...alphabet), minLength: length, maxLength: length });

const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const ALNUM = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const URL_SAFE = `${ALNUM}-_`;
const BASE64 = `${ALNUM}+/`;

/** Found by their form alone, wherever they stand. */
export const TOKENS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  'an AWS access key id': from(UPPER, 16).map((rest) => `AKIA${rest}`),
  'a temporary AWS access key id': from(UPPER, 16).map((rest) => `ASIA${rest}`),
  'a GitHub token': fc.tuple(fc.constantFrom('ghp_', 'gho_', 'ghs_'), from(ALNUM, 36)).map((parts) => parts.join('')),
  'a fine-grained GitHub token': from(ALNUM, 59).map((rest) => `github_pat_${rest}`),
  'a GitLab token': from(URL_SAFE, 20).map((rest) => `glpat-${rest}`),
  'an npm token': from(ALNUM, 36).map((rest) => `npm_${rest}`),
  'a Slack token': fc.tuple(fc.constantFrom('xoxb-', 'xoxp-', 'xoxa-'), from(ALNUM, 24)).map((parts) => parts.join('')),
  'a Stripe key': fc.tuple(fc.constantFrom('sk_live_', 'rk_live_'), from(ALNUM, 24)).map((parts) => parts.join('')),
  'a RubyGems token': from('0123456789abcdef', 48).map((rest) => `rubygems_${rest}`),
  'a PyPI token': from(URL_SAFE, 150).map((rest) => `pypi-AgEIcHlwaS5vcmc${rest}`),
  'a SendGrid key': fc.tuple(from(ALNUM, 22), from(ALNUM, 43)).map((parts) => `SG.${parts.join('.')}`),
  'a secret of Entra ID': fc.tuple(from(ALNUM, 3), from(ALNUM, 34)).map((parts) => parts.join('8Q~')),
  'an API key': from(ALNUM, 48).map((rest) => `sk-${rest}`),
  'a JWT': fc
    .tuple(from(URL_SAFE, 30), from(URL_SAFE, 60), from(URL_SAFE, 43))
    .map(([head, body, signature]) => `eyJ${head}.${body}.${signature}`),
  'a Slack webhook': fc
    .tuple(from(UPPER, 9), from(UPPER, 9), from(ALNUM, 24))
    .map(([team, app, rest]) => `https://hooks.slack.com/services/T${team}/B${app}/${rest}`),
  'a private key': from(BASE64, 64).map(
    (body) => `-----BEGIN RSA PRIVATE KEY----- ${body} -----END RSA PRIVATE KEY-----`,
  ),
};

export const anyToken = fc.oneof(...Object.values(TOKENS));

/** Found by the name beside them: a secret access key, or a password of no known form. */
export const anyPassword = fc.oneof(from(BASE64, 40), from(ALNUM, 12));

/** The part that must not be seen: a private key's body, a webhook's path, and otherwise all of it. */
export const secretPart = (token: string): string =>
  /KEY----- (\S+) -----/.exec(token)?.[1] ?? /services\/(.*)$/.exec(token)?.[1] ?? token;
