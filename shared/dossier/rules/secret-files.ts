/** The image's files that hold secrets, or are named as if they did; those still there apart from those deleted. */
import type { FoundSecret } from '../../layer/layer-report.ts';
import type { Evidence, Verdict } from '../../rules/rule.ts';
import type { Fate, InspectedImage } from '../inspected-image.ts';
import { failOrPassByFiles, fileEvidence } from './image-rule.ts';
import { SECRET_PHRASES } from './secret-phrases.ts';

/** Packages bring examples and test data under such names. */
const IN_PACKAGES = /(?:^|\/)(?:site-packages|dist-packages|node_modules)\//;

/** `which`: the secrets that count; `after`: what is said behind each, beginning with a comma, or nothing. */
export const verdictOfSecretFiles = (
  image: InspectedImage,
  which: (fate: Fate & { readonly path: string }, secret?: FoundSecret) => boolean,
  after: string,
): Verdict => {
  const { tree } = image;
  const found = tree.secrets
    .filter((secret) => which(secret, secret))
    .toSorted((one, other) => rank(other) - rank(one));
  const readAs = new Set(tree.secrets.map(({ path }) => path));
  const named = tree.notable.filter(
    (file) => file.kind === 'secret-name' && which(file) && !readAs.has(file.path) && !IN_PACKAGES.test(file.path),
  );
  const evidence: readonly Evidence[] = [
    ...found.map((secret) =>
      fileEvidence(secret, secret.path, `${SECRET_PHRASES[secret.kind]} in ${secret.path}${after}`),
    ),
    ...named.map((file) =>
      fileEvidence(file, file.path, `${file.path}, named like a file with secrets, but none was seen in it${after}`),
    ),
  ];
  const [first] = found;
  if (first === undefined) return failOrPassByFiles(image, evidence, { severity: 'LOW', confirmed: false });
  return failOrPassByFiles(image, evidence, { severity: rank(first) > 0 ? 'CRITICAL' : 'HIGH' });
};

/** A hash must still be guessed before it opens anything. */
const rank = ({ kind }: FoundSecret): 0 | 1 => (kind === 'password-hash' ? 0 : 1);
