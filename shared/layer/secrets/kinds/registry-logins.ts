/** Logins of container registries, as docker and podman keep them. */
import type { Detector } from '../detector.ts';
import { isPassword, isRandom } from '../plausible.ts';

/** `.docker/config.json`, podman's `auth.json`, a `.dockerconfigjson` inside YAML: the member before says what it is. */
const isInAuths = (text: string, start: number, path: string): boolean =>
  path.endsWith('.dockercfg') || /"auths\\*"/.test(text.slice(Math.max(0, start - 4000), start));

const QUOTED = String.raw`\\*"\s{0,9}:\s{0,9}\\*"`;

export const REGISTRY_LOGINS: readonly Detector[] = [
  {
    kind: 'registry-credentials',
    recognised: '`auth` under `auths` in `.docker/config.json` and its likes: user and password in Base64',
    anchors: ['"auth'],
    form: new RegExp(String.raw`"auth${QUOTED}(?<secret>[A-Za-z0-9+/]{8,8000}={0,2})\\*"`, 'y'),
    proven: false,
    secretsIn: ({ text, start, match, path }) => {
      const secret = match.groups?.secret ?? '';
      const [, password = ''] =
        /^[\x21-\x7e]{1,300}?:([\x20-\x7e]{3,})$/.exec(Buffer.from(secret, 'base64').toString('latin1')) ?? [];
      return isPassword(password) && isInAuths(text, start, path) ? [secret] : [];
    },
  },
  {
    kind: 'registry-credentials',
    recognised: '`identitytoken` and `registrytoken` beside it',
    anchors: ['"identitytoken', '"registrytoken'],
    form: new RegExp(String.raw`"(?:identity|registry)token${QUOTED}(?<secret>[^\s"\\]{16,8000})\\*"`, 'y'),
    proven: false,
    secretsIn: ({ text, start, match, path }) => {
      const secret = match.groups?.secret ?? '';
      return isRandom(secret, 3) && isInAuths(text, start, path) ? [secret] : [];
    },
  },
];
