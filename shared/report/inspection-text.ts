/** An inspection for a terminal: the image, its annotated Dockerfile, and what is wrong with it. */
import type { InspectedPlatform, InspectedReference } from './inspected-reference.ts';
import { shownText } from './shown-text.ts';
import { dockerfileLines } from './text-dockerfile.ts';
import { failureLines, secretLines, tallyLines } from './text-findings.ts';
import { layerText, type TextStyle, wrappedLines } from './text-style.ts';

const PLAIN: TextStyle = { width: 100, colour: false };

/** Ends in a line break. */
export const renderInspectionText = (inspected: InspectedReference, style: TextStyle = PLAIN): string =>
  [
    ...headLines(inspected, style),
    ...inspected.platforms.flatMap((platform) => platformLines(platform, style)),
    '',
  ].join('\n');

const LABEL = 11;
/** What names something is not cut: it is to be copied. */
const named = (label: string, text: string): string => `${label.padEnd(LABEL)}${shownText(text)}`;
const told = (label: string, text: string, style: TextStyle): readonly string[] =>
  wrappedLines(label.padEnd(LABEL), text, style);

const headLines = (inspected: InspectedReference, style: TextStyle): readonly string[] => [
  named('Image', inspected.reference),
  named('Digest', inspected.digest),
  ...(inspected.artifact
    ? [
        named('Artifact', inspected.artifact.type),
        ...told('', `${shownText(inspected.artifact.reason)} There is nothing to inspect.`, style),
      ]
    : []),
];

const platformLines = (platform: InspectedPlatform, style: TextStyle): readonly string[] => [
  '',
  named('Platform', `${platform.platform} ${platform.digest}`),
  ...aboutLines(platform, style),
  '',
  'Dockerfile',
  ...dockerfileLines(platform, style),
  ...failureLines(platform, style),
  ...secretLines(platform),
  ...tallyLines(platform, style),
];

const aboutLines = ({ inspection }: InspectedPlatform, style: TextStyle): readonly string[] => {
  const { base, distribution, supplyChain, complete, layers } = inspection;
  const digest = base.digest === undefined ? '' : `@${base.digest}`;
  const detail = supplyChain.signatureDetail;
  const cut = layers.filter(({ truncated }) => truncated.length > 0);
  return [
    base.evidence === 'none'
      ? named('Base', 'not known')
      : named('Base', `${base.name ?? 'without a name'}${digest} (by ${base.evidence})`),
    named('System', distribution ?? 'not known'),
    ...told('Signature', `${supplyChain.signature}${detail === undefined ? '' : `: ${shownText(detail)}`}`, style),
    complete
      ? named('Complete', 'yes, every layer was read in full')
      : named('Complete', 'no: what follows is not all'),
    ...cut.flatMap(({ digest: layer, truncated }) =>
      told('', `${layerText(layer)}: ${truncated.map(({ text }) => shownText(text)).join(' ')}`, style),
    ),
  ];
};
