/** What was not read is never clean. */
import { describe, expect, it } from 'vitest';
import { IMAGE_RULES } from '../../../../shared/dossier/rules/catalogue.ts';
import { exampleImage } from '../../../../shared/dossier/rules/example-image.ts';
import { evaluate } from '../../../../shared/rules/evaluate.ts';

const FROM_FILES = ['004', '005', '006', '007', '008', '009', '012', '013', '015', '023', '031', '034'];
const FROM_HISTORY = ['011', '014', '035'];
const ruled = (numbers: readonly string[]) => IMAGE_RULES.filter(({ id }) => numbers.includes(id.slice('IMG-'.length)));

describe('a rule about files', () => {
  it.each(ruled(FROM_FILES))('does not know where a layer was not read to its end: $id', (rule) => {
    const image = exampleImage({ tree: { incomplete: 'a layer was not read to its end' } });
    expect(evaluate(rule, image)).toMatchObject({ verdict: 'unknown', because: 'a layer was not read to its end' });
  });

  it.each(ruled(FROM_FILES))('says what it saw all the same: $id', (rule) => {
    const [{ subject }] = rule.examples.bad;
    const image = { ...subject, tree: { ...subject.tree, incomplete: 'a layer was not read to its end' } };
    expect(evaluate(rule, image).verdict).toBe('fail');
  });
});

describe('a rule about instructions', () => {
  it.each(ruled(FROM_HISTORY))('does not know where history does not tell all: $id', (rule) => {
    const image = exampleImage({ steps: [], historyGap: 'the image was built without a Dockerfile' });
    expect(evaluate(rule, image)).toMatchObject({
      verdict: 'unknown',
      because: 'the image was built without a Dockerfile',
    });
  });

  it.each(ruled(FROM_HISTORY))('says what it saw all the same: $id', (rule) => {
    const [{ subject }] = rule.examples.bad;
    expect(evaluate(rule, { ...subject, historyGap: 'the image was squashed' }).verdict).toBe('fail');
  });
});
