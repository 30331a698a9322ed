/** Tokens of package registries. */
import type { Detector } from '../detector.ts';
import { isPassword, isRandom } from '../plausible.ts';
import { hasChecksum } from '../token-checksum.ts';
import { token } from './tokens.ts';

export const PACKAGE_REGISTRIES: readonly Detector[] = [
  token({
    kind: 'npm-token',
    recognised: '`npm_` with 36 characters whose checksum is right',
    anchors: ['npm_'],
    form: 'npm_(?<random>[A-Za-z0-9]{36})',
    entropy: 3,
    proves: hasChecksum,
  }),
  token({
    kind: 'pypi-token',
    recognised: '`pypi-` with a macaroon of pypi.org or test.pypi.org',
    anchors: ['pypi-AgE'],
    form: String.raw`pypi-(?:AgEIcHlwaS5vcmc|AgENdGVzdC5weXBpLm9yZw)(?<random>[\w-]{50,1000})`,
    entropy: 4,
  }),
  token({
    kind: 'rubygems-token',
    recognised: '`rubygems_` with 48 hexadecimal digits',
    anchors: ['rubygems_'],
    form: 'rubygems_(?<random>[0-9a-f]{48})',
    entropy: 3,
  }),
  token({
    kind: 'docker-hub-token',
    recognised: '`dckr_pat_` with 27 characters, `dckr_oat_` with 32',
    anchors: ['dckr_pat_', 'dckr_oat_'],
    form: String.raw`dckr_(?:pat_(?<random>[\w-]{27})|oat_[\w-]{32})`,
    entropy: 3.8,
  }),
  {
    kind: 'package-manager-credentials',
    recognised: '`//registry/:_authToken=…`, `:_password=…` and `:_auth=…` in any file',
    anchors: [':_auth', ':_password'],
    form: /:_(?:authToken|password|auth)(?:\\?["']?[ \t]{0,4}[=:][ \t]{0,4}|[ \t]{1,4})\\?["']?(?<secret>[A-Za-z0-9+/_.=-]{12,2000})/y,
    proven: false,
    secretsIn: ({ match }) => {
      const secret = match.groups?.secret ?? '';
      return isPassword(secret) && isRandom(secret, 2.5) ? [secret] : [];
    },
  },
];
