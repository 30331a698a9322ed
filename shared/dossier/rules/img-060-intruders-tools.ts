/** IMG-060: what miners and intruders leave behind. */
import type { Evidence } from '../../rules/rule.ts';
import type { InspectedImage } from '../inspected-image.ts';
import { APP_LAYER, exampleImage, IN_APP } from './example-image.ts';
import { failOrPassByFiles, fileEvidence, type ImageRule, isPresent } from './image-rule.ts';

const MINER = {
  kind: 'malicious-name',
  path: 'tmp/xmrig',
  mode: 0o755,
  uid: 0,
  gid: 0,
  size: 8_000_000,
  ...IN_APP,
} as const;
const PRELOAD = 'etc/ld.so.preload';

export const intrudersTools: ImageRule = {
  id: 'IMG-060',
  title: 'Files have the names of malware',
  rationale:
    'Miners and their installers keep their names, and a library in etc/ld.so.preload is loaded into every program: the usual way to hide one.',
  severity: 'HIGH',
  class: 'runtime-attack',
  confirmed: false,
  references: { nist: ['3.1.3', '4.1.3'], cis: [], others: [] },
  remediation:
    'Stop deploying this digest, look at the files and at the instruction that brought them, let GuardDuty scan for malware, and rebuild from a trusted base.',
  examples: {
    good: [
      { title: 'none', subject: exampleImage() },
      { title: 'an empty etc/ld.so.preload', subject: exampleImage({ tree: { system: { ldSoPreload: [] } } }) },
      { title: 'a comment in it', subject: exampleImage({ tree: { system: { ldSoPreload: ['# none', ''] } } }) },
    ],
    bad: [
      { title: 'a miner', subject: exampleImage({ tree: { notable: [MINER] } }) },
      {
        title: 'a miner that a later layer deletes',
        subject: exampleImage({ tree: { notable: [{ ...MINER, deletedBy: APP_LAYER }] } }),
      },
      {
        title: 'a library for every program',
        subject: exampleImage({
          tree: { system: { ldSoPreload: ['/usr/local/lib/libhide.so'] }, systemPlaces: { ldSoPreload: IN_APP } },
        }),
      },
    ],
  },
  check: (image) => failOrPassByFiles(image, [...preloaded(image), ...named(image)]),
};

const preloaded = ({ tree }: InspectedImage): readonly Evidence[] =>
  (tree.system.ldSoPreload ?? [])
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const place = tree.systemPlaces.ldSoPreload;
      const text = `${PRELOAD} loads ${line}`;
      return place === undefined ? { text, origin: 'unknown', path: PRELOAD } : fileEvidence(place, PRELOAD, text);
    });

const named = ({ tree }: InspectedImage): readonly Evidence[] =>
  tree.notable
    .filter(({ kind }) => kind === 'malicious-name')
    .map((file) =>
      fileEvidence(file, file.path, isPresent(file) ? file.path : `${file.path}, deleted by a later layer`),
    );
