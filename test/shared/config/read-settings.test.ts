import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FUNCTION_SETTINGS } from '../../../shared/config/function-settings.ts';
import { readSettings } from '../../../shared/config/read-settings.ts';

const FORWARD = {
  DEAD_LETTER_QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/111122223333/dead',
  FUNCTION: 'sekisho-forward',
  TABLE_NAME: 'state',
  ALERT_QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/111122223333/alerts',
  HUB_ACCOUNT: '111122223333',
  HUB_REGION: 'eu-west-1',
  HUB_PARTITION: 'aws',
  GROUP_WAIT_SECONDS: '300',
};

const before = { ...process.env };
beforeEach(() => {
  Object.assign(process.env, FORWARD);
});
afterEach(() => {
  process.env = { ...before };
});

describe('the settings of a function', () => {
  it('are read from its environment, and nothing else is', () => {
    process.env.SOMETHING_ELSE = 'x';
    expect(readSettings(FUNCTION_SETTINGS.forward)).toEqual({ ...FORWARD, GROUP_WAIT_SECONDS: 300 });
  });

  it.each(Object.keys(FORWARD))('must have %s', (name) => {
    delete process.env[name];
    expect(() => readSettings(FUNCTION_SETTINGS.forward)).toThrow(
      `The function's environment lacks or misstates: ${name}.`,
    );
  });

  it.each(Object.keys(FORWARD))('must not have an empty %s', (name) => {
    process.env[name] = '';
    expect(() => readSettings(FUNCTION_SETTINGS.forward)).toThrow(
      `The function's environment lacks or misstates: ${name}.`,
    );
  });

  it.each(['0', '900'])('may wait %s seconds', (seconds) => {
    process.env.GROUP_WAIT_SECONDS = seconds;
    expect(readSettings(FUNCTION_SETTINGS.forward).GROUP_WAIT_SECONDS).toBe(Number(seconds));
  });

  it.each(['-1', '901', '1.5', 'soon', ' '])('must not wait %j seconds', (seconds) => {
    process.env.GROUP_WAIT_SECONDS = seconds;
    expect(() => readSettings(FUNCTION_SETTINGS.forward)).toThrow(
      "The function's environment lacks or misstates: GROUP_WAIT_SECONDS.",
    );
  });

  it('that are missing are named all at once, without the values of the others', () => {
    for (const name of ['TABLE_NAME', 'HUB_ACCOUNT']) delete process.env[name];
    expect(() => readSettings(FUNCTION_SETTINGS.forward)).toThrow(
      "The function's environment lacks or misstates: TABLE_NAME, HUB_ACCOUNT.",
    );
  });
});
