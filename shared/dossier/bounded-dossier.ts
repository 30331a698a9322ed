/** An image's dossier cut to a size: what is missed least is left out first. */
import { clipText } from '../base/clip-text.ts';
import type { Dossier, ImageDossier } from './dossier.ts';
import { firstSecrets } from './first-secrets.ts';
import type { InspectionSummary } from './inspection.ts';

/** As JSON, in UTF-8. */
export const dossierBytes = (dossier: Dossier): number => bytesOf(dossier);

/**
 * The dossier itself where it fits. Otherwise `shortened` is set, and it is cut by one step after the other until it
 * fits. Instructions and layers are shortened and never left out, because others count them: of more layers than any
 * builder makes, the answer may still be larger than `limitBytes`.
 */
export const boundedDossier = (dossier: ImageDossier, limitBytes: number): ImageDossier => {
  if (dossierBytes(dossier) <= limitBytes) return dossier;
  let short: ImageDossier = { ...dossier, shortened: true };
  for (const step of STEPS) {
    short = step(short);
    if (dossierBytes(short) <= limitBytes) return short;
  }
  return short;
};

type Step = (dossier: ImageDossier) => ImageDossier;

const ofInspection =
  (change: (inspection: InspectionSummary) => Partial<InspectionSummary>): Step =>
  (dossier) =>
    dossier.inspection ? { ...dossier, inspection: { ...dossier.inspection, ...change(dossier.inspection) } } : dossier;

/** A verdict is told by the first thing that its rule saw. */
const oneEvidence = ofInspection(({ verdicts }) => ({
  verdicts: verdicts.map(({ evidence: [first, ...more], ...verdict }) => ({
    ...verdict,
    evidence: first === undefined ? [] : [first],
    evidenceLeftOut: verdict.evidenceLeftOut + more.length,
  })),
}));

const SECRETS = 20;
const fewSecrets = ofInspection((inspection) => firstSecrets(inspection, SECRETS));

const inspectionTexts = (most: number): Step =>
  ofInspection(({ verdicts, secrets, layers, supplyChain, distribution, incomplete }) => ({
    verdicts: verdicts.map(({ because, ...verdict }) => ({
      ...verdict,
      ...(because !== undefined && { because: cut(because, most) }),
      evidence: verdict.evidence.map(({ text, path, ...rest }) => ({
        ...rest,
        text: cut(text, most),
        ...(path !== undefined && { path: cut(path, most) }),
      })),
    })),
    secrets: secrets.map((secret) => ({ ...secret, path: cut(secret.path, most) })),
    layers: layers.map((layer) => ({
      ...layer,
      truncated: layer.truncated.slice(0, 1).map(({ by, text }) => ({ by, text: cut(text, most) })),
    })),
    supplyChain: {
      ...supplyChain,
      ...(supplyChain.signatureDetail !== undefined && { signatureDetail: cut(supplyChain.signatureDetail, most) }),
    },
    ...(distribution !== undefined && { distribution: cut(distribution, most) }),
    ...(incomplete !== undefined && { incomplete: cut(incomplete, most) }),
  }));

const instructionTexts =
  (most: number): Step =>
  (dossier) => ({
    ...dossier,
    instructions: dossier.instructions.map((instruction) => ({ ...instruction, text: cut(instruction.text, most) })),
  });

/** What the config says, and the types of its layers. */
const configTexts =
  (most: number, entries: number): Step =>
  (dossier) => {
    const texts = (all: readonly string[]): readonly string[] => all.slice(0, entries).map((text) => cut(text, most));
    return {
      ...dossier,
      platform: cut(dossier.platform, most),
      layers: dossier.layers.map((layer) => ({ ...layer, mediaType: cut(layer.mediaType, most) })),
      user: cut(dossier.user, most),
      env: dossier.env
        .slice(0, entries)
        .map(({ name, value, redacted }) => ({ name: cut(name, most), value: cut(value, most), redacted })),
      ports: texts(dossier.ports),
      ...(dossier.workingDir !== undefined && { workingDir: cut(dossier.workingDir, most) }),
      entrypoint: texts(dossier.entrypoint),
      command: texts(dossier.command),
      labels: Object.fromEntries(
        Object.entries(dossier.labels)
          .slice(0, entries)
          .map(([name, value]) => [cut(name, most), cut(value, most)]),
      ),
    };
  };

/** Thousands of instructions: what each is, and whose. */
const keywordsAlone: Step = (dossier) => ({
  ...dossier,
  instructions: dossier.instructions.map(({ position, keyword, origin, layer }) => ({
    position,
    keyword,
    text: `${keyword} …`,
    origin,
    ...(layer && { layer }),
  })),
});

/** Bytes, and entries of each list. */
const STEPS: readonly Step[] = [
  oneEvidence,
  fewSecrets,
  inspectionTexts(120),
  instructionTexts(1_000),
  instructionTexts(300),
  configTexts(300, 500),
  instructionTexts(80),
  configTexts(100, 50),
  keywordsAlone,
];

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

const QUOTES = 2;
const ELLIPSIS = 3;
/** What a printable UTF-16 unit takes at most, in UTF-8 or escaped. */
const BYTES_PER_UNIT = 3;

/** At most `most` bytes with its quotes; a text that is short enough stays as it is. */
const cut = (text: string, most: number): string => {
  if (bytesOf(text) <= most) return text;
  const short = clipText(text, most - QUOTES - ELLIPSIS + 1);
  return bytesOf(short) <= most ? short : clipText(text, Math.floor((most - QUOTES) / BYTES_PER_UNIT));
};
