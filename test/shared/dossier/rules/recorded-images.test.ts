/** The rules on configs of images that others built; what they must say was checked against the configs by hand. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { wholeStatementFromHistory } from '../../../../shared/dockerfile/from-history.ts';
import { IMAGE_RULES } from '../../../../shared/dossier/rules/catalogue.ts';
import { exampleImage } from '../../../../shared/dossier/rules/example-image.ts';
import { parseImageConfig } from '../../../../shared/image/config.ts';
import { evaluate } from '../../../../shared/rules/evaluate.ts';

const RECORDED = path.resolve(import.meta.dirname, '../../../../../shared/fixtures/given/oci');
const isThere = existsSync(RECORDED);
if (!isThere) console.log(`skipped: there are no recorded images in ${path.basename(RECORDED)}`);

/** Rules about files say nothing here: only the config was recorded. */
const failing = (file: string): readonly string[] => {
  const config = parseImageConfig(readFileSync(path.join(RECORDED, file), 'utf8'));
  const steps = config.history.map((entry, index) => ({
    ...wholeStatementFromHistory(entry),
    index,
    origin: 'unknown' as const,
  }));
  const image = { ...exampleImage(), config, steps };
  const answers = IMAGE_RULES.filter(({ id }) => id < 'IMG-036').map((rule) => evaluate(rule, image));
  expect(answers.filter(({ because }) => because?.startsWith('the rule failed'))).toEqual([]);
  return answers
    .filter(({ verdict }) => verdict === 'fail')
    .map(({ rule, severity, evidence }) => `${rule} ${severity}: ${evidence.map(({ text }) => text).join(' | ')}`);
};

const ROOT = 'IMG-001 HIGH: no user is set, so that it is root';

describe('recorded images', () => {
  it.skipIf(!isThere).each<[string, readonly string[]]>([
    ['config-alpine-310.json', [ROOT]],
    ['config-alpine-distroless.json', []],
    ['config-amazon-2.json', [ROOT]],
    [
      'config-anchore-engine-user.json',
      [
        'IMG-002 INFO: USER anchore:anchore',
        'IMG-010 MEDIUM: ENV ANCHORE_ADMIN_PASSWORD looks like a secret | ENV ANCHORE_CLI_PASS looks like a secret',
      ],
    ],
    ['config-bazel.json', [ROOT]],
    ['config-buildkit-11-steps-amd64.json', [ROOT]],
    ['config-centos-7.json', [ROOT]],
    ['config-distroless-base.json', [ROOT]],
    ['config-dockle-apk-cache.json', [ROOT]],
    ['config-dockle-multi-add.json', [ROOT]],
    ['config-dockle-nginx.json', [ROOT]],
    ['config-fluentd-gems.json', [ROOT, 'IMG-033 MEDIUM: LD_PRELOAD loads a library into every program']],
    ['config-mariner-1.0.json', [ROOT]],
    ['config-multiplatform-arm64.json', [ROOT]],
    ['config-snyk-gcc.json', [ROOT]],
    ['config-zstd-layers.json', [ROOT]],
  ])('%s', (file, expected) => {
    expect(failing(file)).toEqual(expected);
  });
});
