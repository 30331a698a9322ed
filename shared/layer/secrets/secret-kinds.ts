/** All that is looked for in streams of bytes. */
import type { Detector } from './detector.ts';
import { AWS_KEYS } from './kinds/aws-keys.ts';
import { CODE_HOSTS } from './kinds/code-hosts.ts';
import { DATABASE_URLS } from './kinds/database-urls.ts';
import { JSON_WEB_TOKENS } from './kinds/json-web-tokens.ts';
import { OTHER_CLOUDS } from './kinds/other-clouds.ts';
import { PACKAGE_REGISTRIES } from './kinds/package-registries.ts';
import { PRIVATE_KEYS } from './kinds/private-keys.ts';
import { REGISTRY_LOGINS } from './kinds/registry-logins.ts';
import { SERVICES } from './kinds/services.ts';

export const DETECTORS: readonly Detector[] = [
  ...PRIVATE_KEYS,
  ...AWS_KEYS,
  ...OTHER_CLOUDS,
  ...CODE_HOSTS,
  ...SERVICES,
  ...PACKAGE_REGISTRIES,
  ...REGISTRY_LOGINS,
  ...DATABASE_URLS,
  ...JSON_WEB_TOKENS,
];
