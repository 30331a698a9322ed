/** What images are built of: names as they occur everywhere, so that an estate reads like one. */
import type { EstatePackage } from './vulnerabilities.ts';

const packages = (manager: EstatePackage['manager'], ...names: readonly string[]): readonly EstatePackage[] =>
  names.map((text) => ({ names: text.split(' '), manager }));

/** The packages of a base image; those of one source package stand together. */
export const SYSTEM_PACKAGES = packages(
  'OS',
  'openssl libssl3',
  'libc6 libc-bin',
  'libxml2',
  'curl libcurl4',
  'perl-base',
  'libsystemd0 libudev1',
  'libgnutls30',
  'bash',
  'tar',
  'libpam-modules libpam-runtime',
  'linux-libc-dev',
  'git',
  'libpython3-stdlib python3-minimal',
  'libexpat1',
  'libtiff6',
  'zlib1g',
  'libkrb5-3 libgssapi-krb5-2',
  'ncurses-base',
  'libsqlite3-0',
  'gpgv',
);

export interface Ecosystem {
  readonly packages: readonly EstatePackage[];
  /** Where such an image keeps them. */
  readonly pathOf: (name: string) => string;
}

export const ECOSYSTEMS: readonly Ecosystem[] = [
  {
    packages: packages(
      'NODEPKG',
      'express',
      'axios',
      'lodash',
      'minimist',
      'semver',
      'ws',
      'fast-xml-parser',
      'undici',
      'tar',
      'braces',
      'follow-redirects',
      'jsonwebtoken',
    ),
    pathOf: (name) => `app/node_modules/${name}/package.json`,
  },
  {
    packages: packages(
      'PYTHONPKG',
      'requests',
      'urllib3',
      'jinja2',
      'cryptography',
      'pillow',
      'django',
      'aiohttp',
      'certifi',
      'setuptools',
      'werkzeug',
    ),
    pathOf: (name) => `usr/local/lib/python3.12/site-packages/${name}.dist-info/METADATA`,
  },
  {
    packages: packages(
      'JAR',
      'org.springframework:spring-web',
      'org.apache.logging.log4j:log4j-core',
      'com.fasterxml.jackson.core:jackson-databind',
      'org.apache.tomcat.embed:tomcat-embed-core',
      'io.netty:netty-codec-http2',
      'org.yaml:snakeyaml',
      'ch.qos.logback:logback-core',
      'org.apache.commons:commons-compress',
    ),
    pathOf: (name) => `app/lib/${name.slice(name.indexOf(':') + 1)}.jar`,
  },
  {
    packages: packages(
      'GOBINARY',
      'stdlib',
      'golang.org/x/net',
      'golang.org/x/crypto',
      'google.golang.org/grpc',
      'google.golang.org/protobuf',
      'github.com/golang-jwt/jwt/v5',
    ),
    pathOf: () => 'usr/local/bin/server',
  },
];

const TEAMS = ['payments', 'checkout', 'search', 'identity', 'catalog', 'orders', 'shipping', 'analytics'];
const PARTS = ['api', 'worker', 'web', 'cron', 'gateway'];

/** `payments/api`; 40 of them, in an order in which teams come in turn. */
export const REPOSITORIES: readonly string[] = PARTS.flatMap((part) => TEAMS.map((team) => `${team}/${part}`));

export const PLATFORMS = [
  'DEBIAN_12',
  'DEBIAN_12',
  'DEBIAN_11',
  'UBUNTU_22_04',
  'UBUNTU_24_04',
  'ALPINE_LINUX_3_20',
  'AMAZON_LINUX_2023',
  'AMAZON_LINUX_2',
] as const;
