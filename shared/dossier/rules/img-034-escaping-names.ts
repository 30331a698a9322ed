/** IMG-034: archive entries that want to be unpacked somewhere else. */
import { exampleImage, IN_APP, IN_BASE } from './example-image.ts';
import { failOrPassByFiles, fileEvidence, type ImageRule } from './image-rule.ts';

const ENTRY = { kind: 'escaping-name', mode: 0o644, uid: 0, gid: 0, size: 100, path: 'etc/cron.d/job' } as const;

/** What the layer's scan calls the first of them: Bazel's image rules, Paketo and old kaniko write whole layers so. */
const ABSOLUTE = 'absolute name';

export const escapingNames: ImageRule = {
  id: 'IMG-034',
  title: 'A layer has entries that point outside of the image',
  rationale:
    'A name or a hard link that climbs out of a layer with `..` is written by no builder, and a runtime with a flaw in its unpacking writes it to the host. Absolute names some builders do write: every unpacker should take them from the image’s root, and only one with a flaw does not.',
  severity: 'HIGH',
  class: 'runtime-attack',
  confirmed: true,
  references: { nist: ['3.1.3', '3.4.1', '4.1.3', '4.4.1'], cis: [], others: ['CVE-2021-32760', 'CVE-2025-47290'] },
  remediation:
    'Where a name or a link climbs, do not run this image: find out who built it, and build it again from its source. Where names are only absolute, look which builder wrote them: of Bazel’s image rules, Paketo and kaniko that is to be expected.',
  examples: {
    good: [{ title: 'none', subject: exampleImage() }],
    bad: [
      {
        title: 'a name that climbs out',
        subject: exampleImage({ tree: { notable: [{ ...ENTRY, ...IN_APP, detail: '..' }] } }),
      },
      {
        title: 'one that a later layer deletes: it is unpacked all the same',
        subject: exampleImage({
          tree: { notable: [{ ...ENTRY, ...IN_BASE, detail: 'hardlink target', deletedBy: IN_APP.layer }] },
        }),
      },
      {
        title: 'absolute names alone, which some builders write',
        subject: exampleImage({ tree: { notable: [{ ...ENTRY, ...IN_BASE, detail: ABSOLUTE }] } }),
        severity: 'LOW',
      },
    ],
  },
  check: (image) => {
    const escaping = image.tree.notable.filter(({ kind }) => kind === 'escaping-name');
    const climbing = escaping.filter(({ detail }) => detail !== ABSOLUTE);
    const absolute = escaping.filter(({ detail }) => detail === ABSOLUTE);
    return failOrPassByFiles(
      image,
      [...climbing, ...absolute].map((file) =>
        fileEvidence(file, file.path, `${file.path} (${file.detail ?? 'leads out'})`),
      ),
      climbing.length > 0 ? {} : { severity: 'LOW', confirmed: false },
    );
  },
};
