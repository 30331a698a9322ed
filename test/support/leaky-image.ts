/** An image with a secret of every kind wherever an image can have one, and what finds a part of one in any text. */
import {
  buildImage,
  type SampleFile,
  type SampleImage,
  type SampleInstruction,
} from '../../local/sample/image-layout.ts';
import { holdsPartOf, type PlantedSecret, plantedSecrets } from './planted-secrets.ts';

export interface LeakyImage {
  readonly image: SampleImage;
  readonly secrets: readonly PlantedSecret[];
  /** The titles of the secrets of which the text holds a part. */
  readonly leaks: (text: string) => readonly string[];
}

/** Long enough that no two texts share it by chance. */
const PART = 8;
/** A longer one is a private key, which has no make at its beginning. */
const LONGEST_TOKEN = 300;

/** How it is written where it is one of several words: a token as it is, in the URL or the connection string around it. */
const writtenOf = ({ content }: PlantedSecret): string => /^SERVICE_VALUE=(.*)$/m.exec(String(content))?.[1] ?? '';

export const leakyImage = (): Promise<LeakyImage> => {
  const secrets = plantedSecrets();
  const tokens = secrets.filter(({ title }) => title.endsWith('in an environment file'));
  const named = secrets.filter(({ title, kind }) => title.startsWith(`${kind}: `) && !/private-key/.test(kind));
  return imageOf(secrets, tokens.map(writtenOf), named.map(({ value }) => value).filter(isOneWord));
};

const isOneWord = (value: string): boolean => value.length <= LONGEST_TOKEN && !/\s/.test(value);

const imageOf = async (
  secrets: readonly PlantedSecret[],
  tokens: readonly string[],
  passwords: readonly string[],
): Promise<LeakyImage> => {
  const env = [
    ...tokens.map((token, at) => `SERVICE_VALUE_${at}=${token}`),
    ...passwords.map((password, at) => `N${at}_DB_PASSWORD=${password}`),
  ];
  const instructions: readonly SampleInstruction[] = [
    { createdBy: 'ADD rootfs.tar.xz / # buildkit', files: [{ path: 'etc/os-release', content: 'ID=example\n' }] },
    { createdBy: 'CMD ["sh"]' },
    ...env.map((variable) => ({ createdBy: `ENV ${variable}` })),
    ...passwords.map((password, at) => ({ createdBy: `ARG N${at}_DB_PASSWORD=${password}` })),
    ...tokens.map((token) => ({
      createdBy: `RUN |1 SERVICE_VALUE=${token} /bin/sh -c deploy ${token} # buildkit`,
    })),
    ...passwords.map((password) => ({
      createdBy: `RUN |1 DB_PASSWORD=${password} /bin/sh -c migrate --password ${password} # buildkit`,
    })),
    { createdBy: 'COPY . / # buildkit', files: [...filesWith(secrets), ...tokens.flatMap(fileNamed)] },
    { createdBy: 'RUN /bin/sh -c rm -rf /root # buildkit', files: [{ path: '.wh.root', content: '' }] },
    { createdBy: `CMD ["serve" "--password" "${passwords[0]}"]` },
  ];
  const labels = [
    ...tokens.map((token, at) => [`org.example.value-${at}`, token]),
    ...passwords.map((password, at) => [`org.example.n${at}.password`, password]),
  ];
  const image = await buildImage(instructions, {
    architecture: 'amd64',
    created: '2026-07-01T08:00:00Z',
    config: { Env: env, Labels: Object.fromEntries(labels), Cmd: ['serve', '--password', passwords[0]] },
  });
  return { image, secrets, leaks: leaksOf(secrets) };
};

/** Each under its own path, or in a folder of its own where another secret has that already. */
const filesWith = (secrets: readonly PlantedSecret[]): readonly SampleFile[] => {
  const taken = new Set<string>();
  return secrets.map(({ path, content }, at) => {
    const free = taken.has(path) ? `v${at}/${path}` : path;
    taken.add(path);
    return { path: free, content: content.toString('utf8') };
  });
};

/** With the setuid bit, so that a rule names it. */
const fileNamed = (token: string): readonly SampleFile[] =>
  /[/=:]/.test(token) ? [] : [{ path: `srv/named/${token}`, content: 'x', mode: 0o4755 }];

const leaksOf = (secrets: readonly PlantedSecret[]): LeakyImage['leaks'] => {
  const parts = new Map<string, string>();
  for (const secret of secrets)
    for (const line of secret.value.split('\n'))
      for (let at = 0; at + PART <= line.length; at += 1) {
        const part = line.slice(at, at + PART);
        if (secret.value.length > LONGEST_TOKEN || holdsPartOf(part, secret, PART)) parts.set(part, secret.title);
      }
  return (text) => {
    const found = new Set<string>();
    for (let at = 0; at + PART <= text.length; at += 1) {
      const title = parts.get(text.slice(at, at + PART));
      if (title !== undefined) found.add(title);
    }
    return [...found];
  };
};
