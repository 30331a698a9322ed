/** The annotated Dockerfile: each instruction, and below it what it brought into the image and which rules it breaks. */
import type { Instruction } from '../dockerfile/instruction.ts';
import type { InspectedLayer, RuleVerdict } from '../dossier/inspection.ts';
import type { Digest } from '../image/digest.ts';
import type { InspectedPlatform } from './inspected-reference.ts';
import { ruleAbout } from './rule-about.ts';
import { bySeverity } from './severity-order.ts';
import { shownText } from './shown-text.ts';
import { bytesText, clippedLine, coloured, countText, layerText, type TextStyle, wrappedLines } from './text-style.ts';

export const dockerfileLines = (platform: InspectedPlatform, style: TextStyle): readonly string[] => {
  const { instructions, attribution, inspection } = platform;
  const brought = contentByLayer(platform);
  const broken = failuresByInstruction(inspection.verdicts);
  const layersOf = Map.groupBy(inspection.layers, ({ instruction }) => instruction ?? -1);
  const lineOf = lineColumn(instructions);
  const below = (layers: readonly InspectedLayer[], failures: readonly RuleVerdict[]): readonly string[] => [
    ...layers.flatMap((layer) => layerLines(layer, brought.get(layer.digest), style)),
    ...failures.flatMap((failure) => failureLines(failure, style)),
  ];
  const unplaced = inspection.layers.filter(
    ({ instruction }) => instruction === undefined || instructions[instruction] === undefined,
  );
  return [
    ...instructions.flatMap((instruction, index) => {
      const { position, origin, text } = instruction;
      const number = `${String(position).padStart(5)} `;
      const mark = origin.padEnd(7);
      const whole = clippedLine(`${number}${mark} ${lineOf(instruction)}`, shownText(text), style);
      return [
        `${number}${coloured(mark, origin, style)}${whole.slice(number.length + mark.length)}`,
        ...below(layersOf.get(index) ?? [], broken.get(index) ?? []),
      ];
    }),
    ...(instructions.length === 0 ? ['  Nothing tells how the image was built.'] : []),
    ...(attribution.attributed
      ? []
      : [
          '',
          ...wrappedLines('  ', `Layers and instructions do not go together: ${shownText(attribution.reason)}`, style),
        ]),
    ...(unplaced.length === 0 ? [] : ['', '  Layers of which no instruction is known', ...below(unplaced, [])]),
  ];
};

const BELOW = ' '.repeat(18);

/** `line 12`, of the author's own file; no column where no line is known. */
const lineColumn = (instructions: readonly Instruction[]): ((instruction: Instruction) => string) =>
  instructions.some(({ line }) => line !== undefined)
    ? ({ line }) => (line === undefined ? '' : `line ${line}`).padEnd(LINE)
    : () => '';
const LINE = 'line 999 '.length;

interface Content {
  readonly packages: Map<string, number>;
  readonly secrets: string[];
}

const contentByLayer = ({ inspection }: InspectedPlatform): ReadonlyMap<Digest, Content> => {
  const found = new Map<Digest, Content>();
  const of = (layer: Digest): Content => {
    const content = found.get(layer) ?? { packages: new Map<string, number>(), secrets: [] };
    found.set(layer, content);
    return content;
  };
  for (const { layer, type } of inspection.componentList) {
    const { packages } = of(layer);
    packages.set(type, (packages.get(type) ?? 0) + 1);
  }
  for (const { layer, kind, path, deletedBy } of inspection.secrets)
    of(layer).secrets.push(`secret: ${kind} in ${shownText(path)}${deletedBy === undefined ? '' : ', deleted later'}`);
  return found;
};

const layerLines = (layer: InspectedLayer, content: Content | undefined, style: TextStyle): readonly string[] => {
  const { digest, size, files, truncated } = layer;
  const packages = [...(content?.packages ?? [])].map(([type, count]) => `${countText(count, `${type} package`)}`);
  const about = [layerText(digest), bytesText(size), countText(files, 'file'), ...packages].join(', ');
  return [
    ...wrappedLines(`${BELOW}+ `, about, style),
    ...truncated.flatMap(({ text }) => wrappedLines(`${BELOW}? `, `not read in full: ${shownText(text)}`, style)),
    // Not cut: the path is what one looks for.
    ...(content?.secrets ?? []).map((text) => `${BELOW}! ${text}`),
  ];
};

/** Each rule once below each instruction that it found something in. */
const failuresByInstruction = (verdicts: readonly RuleVerdict[]): ReadonlyMap<number, readonly RuleVerdict[]> => {
  const found = new Map<number, RuleVerdict[]>();
  for (const verdict of bySeverity(verdicts.filter((one) => one.verdict === 'fail')))
    for (const index of new Set(verdict.evidence.flatMap(({ instruction }) => instruction ?? []))) {
      const failures = found.get(index) ?? [];
      failures.push(verdict);
      found.set(index, failures);
    }
  return found;
};

const failureLines = ({ rule, severity }: RuleVerdict, style: TextStyle): readonly string[] => {
  const before = `${BELOW}! `;
  const [first = '', ...rest] = wrappedLines(`${before}${severity} `, `${rule} ${ruleAbout(rule)?.title ?? ''}`, style);
  return [`${before}${coloured(severity, severity, style)}${first.slice(before.length + severity.length)}`, ...rest];
};
