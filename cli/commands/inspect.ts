/** `sekisho inspect`: what an image's own bytes say, before it is pushed. */
import { Command, InvalidArgumentError, Option } from 'commander';
import { type Clock, systemClock } from '../../shared/base/clock.ts';
import { ok } from '../../shared/base/result.ts';
import { IMAGE_RULES } from '../../shared/dossier/rules/catalogue.ts';
import { BUILT_IN_POLICY, type Policy } from '../../shared/policy/policy.ts';
import type { InspectedReference } from '../../shared/report/inspected-reference.ts';
import { failsGate, type Gate } from '../../shared/report/inspection-gate.ts';
import { renderInspectionJson } from '../../shared/report/inspection-json.ts';
import { renderInspectionSarif } from '../../shared/report/inspection-sarif.ts';
import { renderInspectionText } from '../../shared/report/inspection-text.ts';
import { shownText } from '../../shared/report/shown-text.ts';
import { SEVERITIES, type Severity } from '../../shared/rules/rule.ts';
import { INSPECT_HELP } from '../inspect/help.ts';
import { type InspectOptions, inspectStore } from '../inspect/inspect-store.ts';
import { openImage } from '../inspect/open-image.ts';
import { platformFromText } from '../inspect/platform-from-text.ts';
import { createProgress } from '../inspect/progress.ts';
import { shownSource } from '../inspect/shown-source.ts';
import { tellGate } from '../inspect/tell-gate.ts';
import { unreadableReason } from '../inspect/unreadable-reason.ts';
import { endWithOutput, writeOutput } from '../output.ts';
import { readPolicyFile } from '../replay/read-policy-file.ts';
import { version } from '../version.ts';

const FORMATS = ['text', 'json', 'sarif'] as const;

interface Options {
  readonly format: (typeof FORMATS)[number];
  readonly failOn?: Severity;
  readonly ignore?: readonly string[];
  readonly allowIncomplete?: true;
  readonly platform?: string;
  readonly policy?: string;
}

const INSPECTED = 0;
/** Of the gate, and of what could not be read or was not understood: a build can tell the two apart. */
const GATE_FAILED = 1;
const NOT_READ = 2;

export const inspectCommand = (clock: Clock = systemClock): Command =>
  new Command('inspect')
    .description(
      'say what an image’s own bytes say: its Dockerfile, layers, secrets, packages, and what our rules find',
    )
    .argument('<source>', 'oci:DIR[:TAG], an archive of docker save, or a registry’s reference')
    .addOption(new Option('--format <format>', 'how it is printed').choices(FORMATS).default('text'))
    .addOption(
      new Option('--fail-on <severity>', 'end with 1 if a rule of this severity or a worse one fails')
        .choices(SEVERITIES)
        .argParser(severity),
    )
    .addOption(
      new Option('--ignore <rules>', 'rules that do not count for --fail-on: IMG-026,IMG-059').argParser(ruleIds),
    )
    .option('--allow-incomplete', 'let an image pass --fail-on of which not every layer could be read in full')
    .addOption(
      new Option('--platform <os/arch>', 'of an index only this platform: linux/arm64; otherwise all').argParser(
        platformFromText,
      ),
    )
    .option('--policy <file>', 'the policy file: allowed base images, signing keys')
    .addHelpText('after', INSPECT_HELP)
    .action((source: string, options: Options) => inspect(source, options, clock));

const severity = (text: string): Severity => {
  const found = SEVERITIES.find((one) => one === text.toUpperCase());
  if (found === undefined) throw new InvalidArgumentError(`It is one of ${SEVERITIES.join(', ')}.`);
  return found;
};

const ruleIds = (text: string, before: readonly string[] = []): readonly string[] => {
  const ids = text.split(',').map((id) => id.trim().toUpperCase());
  const unknownId = ids.find((id) => !IMAGE_RULES.some((rule) => rule.id === id));
  if (unknownId !== undefined) throw new InvalidArgumentError(`There is no rule ${shownText(unknownId)}.`);
  return [...before, ...ids];
};

const inspect = async (source: string, options: Options, clock: Clock): Promise<void> => {
  // Until it is known better: what breaks off, wherever it does, is no gate that failed.
  process.exitCode = NOT_READ;
  const today = clock.now().toISOString().slice(0, 10);
  const policy = options.policy === undefined ? ok(BUILT_IN_POLICY) : await readPolicyFile(options.policy, today);
  if (!policy.ok) {
    for (const problem of policy.error) console.error(problem);
    return;
  }
  endWithOutput(NOT_READ);
  const read = await readAndRender(source, options, policy.value, today);
  if (read === undefined) return;
  const { failOn, ignore = [] } = options;
  const allowIncomplete = options.allowIncomplete === true;
  const gate = failOn && failsGate(read.inspected, { atLeast: failOn, ignored: ignore });
  const { artifact } = read.inspected;
  // Before the output: whoever reads it may stop, and that ends the process.
  process.exitCode = gate ? endOf(gate, { isArtifact: artifact !== undefined, allowIncomplete }) : INSPECTED;
  await writeOutput(read.text);
  if (gate) tellGate(gate, { atLeast: failOn, artifact: artifact?.type, allowsIncomplete: allowIncomplete });
};

/** A gate that nobody could come to is not open; neither is one for an image that was not read in full. */
const endOf = (
  { failing, incomplete }: Gate,
  { isArtifact, allowIncomplete }: { readonly isArtifact: boolean; readonly allowIncomplete: boolean },
): number => {
  if (isArtifact) return NOT_READ;
  return failing.length > 0 || (incomplete.length > 0 && !allowIncomplete) ? GATE_FAILED : INSPECTED;
};

interface Read {
  readonly inspected: InspectedReference;
  readonly text: string;
}

/** Undefined: it could not be read, and the standard error says why. */
const readAndRender = async (
  source: string,
  options: Options,
  policy: Policy,
  today: string,
): Promise<Read | undefined> => {
  const progress = createProgress(process.stderr);
  try {
    const inspected = await inspectSource(source, { ...options, policy, today, onProgress: progress.show });
    return { inspected, text: rendered(inspected, options.format) };
  } catch (thrown) {
    progress.clear();
    // The reason may quote names from the image.
    console.error(shownText(`sekisho: ${shownSource(source)}: ${unreadableReason(thrown)}`));
    return undefined;
  } finally {
    progress.clear();
  }
};

const inspectSource = async (
  source: string,
  { platform, ...options }: Pick<InspectOptions, 'platform' | 'policy' | 'today' | 'onProgress'>,
): Promise<InspectedReference> => {
  const { policy, today, onProgress } = options;
  const fingerprintKey = process.env.SEKISHO_FINGERPRINT_KEY;
  const store = await openImage(source);
  try {
    return await inspectStore(store, {
      policy,
      today,
      onProgress,
      ...(platform !== undefined && { platform }),
      ...(fingerprintKey && { fingerprintKey }),
    });
  } finally {
    await store.close();
  }
};

const rendered = (inspected: InspectedReference, format: Options['format']): string => {
  switch (format) {
    case 'json':
      return renderInspectionJson(inspected);
    case 'sarif':
      return renderInspectionSarif(inspected, version());
    case 'text':
      return renderInspectionText(inspected, {
        width: process.stdout.columns,
        colour: process.stdout.isTTY && !process.env.NO_COLOR,
      });
  }
};
