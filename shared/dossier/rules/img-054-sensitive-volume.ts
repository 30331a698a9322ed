/** IMG-054: volumes over what belongs to the host or to the runtime. */
import { exampleImage } from './example-image.ts';
import { configEvidence, failOrPass, type ImageRule } from './image-rule.ts';

const SENSITIVE: ReadonlySet<string> = new Set([
  '/',
  '/dev',
  '/proc',
  '/sys',
  '/etc',
  '/run',
  '/var/run',
  '/var/lib/docker',
  '/var/lib/kubelet',
]);

export const sensitiveVolume: ImageRule = {
  id: 'IMG-054',
  title: 'The image declares a sensitive path as a volume',
  rationale:
    'Whoever starts it mounts something there: a socket of the host’s runtime, its devices or its settings are then in the container’s hands.',
  severity: 'HIGH',
  class: 'privilege',
  confirmed: true,
  references: { nist: ['3.5.5', '4.5.5'], cis: ['5.6'], others: ['dockle DKL-DI-0002'] },
  remediation: 'Remove the VOLUME; keep data under a path of its own, such as /data.',
  examples: {
    good: [
      { title: 'a path for data', subject: exampleImage({ config: { Volumes: ['/var/lib/postgresql/data'] } }) },
      { title: 'a path below a sensitive one', subject: exampleImage({ config: { Volumes: ['/etc/nginx/conf.d'] } }) },
    ],
    bad: [
      { title: '/proc', subject: exampleImage({ config: { Volumes: ['/proc'] } }) },
      { title: 'written with slashes and dots', subject: exampleImage({ config: { Volumes: ['//var/./run/'] } }) },
      { title: 'a socket', subject: exampleImage({ config: { Volumes: ['/srv/docker.sock'] } }) },
    ],
  },
  check: ({ config, steps }) =>
    failOrPass(
      config.config.Volumes.filter((path) => isSensitive(path)).map((path) =>
        configEvidence(
          `VOLUME ${path}`,
          steps.findLast(({ keyword, text }) => keyword === 'VOLUME' && text.includes(path)),
        ),
      ),
    ),
};

const isSensitive = (path: string): boolean => {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  return SENSITIVE.has(`/${parts.join('/')}`) || path.endsWith('.sock');
};
