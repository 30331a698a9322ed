/** An inspection as JSON: the documented form, which programs may rely on. */

import type { LayerAttribution } from '../dockerfile/instruction.ts';
import type { InspectedLayer, RuleVerdict } from '../dossier/inspection.ts';
import type { InspectedPlatform, InspectedReference } from './inspected-reference.ts';
import type { InspectionJson, LayerJson, PlatformJson, VerdictJson } from './inspection-schema.ts';
import { shownLines, shownText } from './shown-text.ts';

/** Its members are described in `inspection-schema.ts`. */
export const inspectionJson = (inspected: InspectedReference): InspectionJson => ({
  image: {
    reference: shownText(inspected.reference),
    digest: inspected.digest,
    mediaType: shownText(inspected.mediaType),
    platform: inspected.platform === undefined ? null : shownText(inspected.platform),
  },
  platforms: inspected.platforms.map(platformJson),
  ...(inspected.artifact && {
    artifact: { type: shownText(inspected.artifact.type), reason: shownText(inspected.artifact.reason) },
  }),
});

/** The same as text that ends in a line break. */
export const renderInspectionJson = (inspected: InspectedReference): string =>
  `${JSON.stringify(inspectionJson(inspected), null, 2)}\n`;

const platformJson = ({ platform, digest, instructions, attribution, inspection }: InspectedPlatform): PlatformJson => {
  const { base, layers, verdicts, secrets, componentList, supplyChain, distribution, complete } = inspection;
  return {
    platform: shownText(platform),
    digest,
    dockerfile: instructions.map(({ text, origin, layer, line, evidence }) => ({
      instruction: shownLines(text),
      origin,
      layer: layer?.digest ?? null,
      line: line ?? null,
      evidence: evidence ?? 'none',
    })),
    attribution: attributionJson(attribution),
    base: {
      ...(base.name !== undefined && { name: shownText(base.name) }),
      ...(base.digest && { digest: base.digest }),
      evidence: base.evidence,
    },
    layers: layers.map(layerJson),
    verdicts: verdicts.map(verdictJson),
    secrets: secrets.map(({ kind, path, layer, deletedBy, fingerprint }) => ({
      kind,
      path: shownText(path),
      layer,
      deletedBy: deletedBy ?? null,
      fingerprint,
    })),
    components: componentList.map(({ name, version, type, layer }) => ({
      name: shownText(name),
      version: shownText(version),
      type,
      layer,
    })),
    distribution: distribution === undefined ? null : shownText(distribution),
    signature: supplyChain.signature,
    complete,
  };
};

const layerJson = ({ digest, diffId, size, files, instruction, truncated }: InspectedLayer): LayerJson => ({
  digest,
  diffId: diffId ?? null,
  size,
  files,
  instruction: instruction ?? null,
  truncated: truncated.length > 0,
  truncations: truncated.map(({ text }) => shownText(text)),
});

const verdictJson = (found: RuleVerdict): VerdictJson => ({
  rule: found.rule,
  verdict: found.verdict,
  severity: found.severity,
  origin: found.origin,
  evidence: found.evidence.map(({ text, origin, instruction, layer, path }) => ({
    text: shownText(text),
    origin,
    instruction: instruction ?? null,
    layer: layer ?? null,
    path: path === undefined ? null : shownText(path),
  })),
  evidenceLeftOut: found.evidenceLeftOut,
  confirmed: found.confirmed,
  ...(found.because !== undefined && { because: shownText(found.because) }),
});

const attributionJson = (attribution: LayerAttribution): PlatformJson['attribution'] => {
  if (!attribution.attributed) return { attributed: false, reason: shownText(attribution.reason) };
  const { unexplained } = attribution;
  return {
    attributed: true,
    ...(unexplained && {
      unexplained: unexplained.map(({ digest, reason }) => ({ layer: digest, reason: shownText(reason) })),
    }),
  };
};
