/** Tokens of hosted services. */
import { BETWEEN, type Detector } from '../detector.ts';
import { isRandom } from '../plausible.ts';
import { DIGITS, followedBy, LETTERS, token } from './tokens.ts';

const HEX_BY_NAME = new RegExp(`[A-Za-z_-]{6,40}${BETWEEN}(?<secret>[0-9a-f]{32})(?![A-Za-z0-9_-])`, 'y');

export const SERVICES: readonly Detector[] = [
  token({
    kind: 'slack-token',
    recognised: '`xoxb-`, `xoxp-` and their likes, `xapp-`',
    anchors: ['xoxa-', 'xoxb-', 'xoxe-', 'xoxo-', 'xoxp-', 'xoxr-', 'xoxs-', 'xoxe.xox', 'xapp-'],
    form: String.raw`(?:xox[abeoprs]-(?:\d{1,2}-)?|xoxe\.xox[bp]-\d-|xapp-\d-)(?<random>(?=[A-Za-z0-9-]{0,60}\d{8})[A-Za-z0-9]{8,200}(?:-[A-Za-z0-9]{6,200}){0,5})`,
    entropy: 3,
  }),
  token({
    kind: 'slack-webhook',
    recognised: 'the path of `hooks.slack.com/services/…` and `…/workflows/…`',
    anchors: ['hooks.slack.com/', 'hooks.slack-gov.com/'],
    form: String.raw`hooks\.slack(?:-gov)?\.com/(?:services|workflows|triggers)/(?<random>[A-Z0-9]{8,14}/[A-Z0-9]{8,20}/(?:\d{10,24}/)?[A-Za-z0-9]{18,40})`,
    entropy: 3.2,
  }),
  token({
    kind: 'stripe-key',
    recognised: '`sk_live_` and `rk_live_`; keys of the test mode are none',
    anchors: ['sk_live_', 'rk_live_'],
    form: '[sr]k_live_(?<random>[A-Za-z0-9]{24,247})',
    entropy: 3.5,
  }),
  token({
    kind: 'openai-key',
    recognised: '`sk-…T3BlbkFJ…`',
    anchors: ['sk-proj-', 'sk-svcacct-', 'sk-admin-'],
    form: String.raw`sk-(?:proj|svcacct|admin)-(?<random>(?=[\w-]{20,100}T3BlbkFJ)[\w-]{48,200})`,
    entropy: 4,
  }),
  token({
    kind: 'openai-key',
    recognised: 'the older form with 20 characters on either side',
    anchors: ['T3BlbkFJ'],
    before: 23,
    form: 'sk-(?<random>[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20})',
    entropy: 4,
  }),
  token({
    kind: 'anthropic-key',
    recognised: '`sk-ant-…` ending with `AA`',
    anchors: ['sk-ant-'],
    form: String.raw`sk-ant-[a-z]{3,8}\d{2}-(?<random>[\w-]{60,120}AA)`,
    entropy: 4,
  }),
  token({
    kind: 'huggingface-token',
    recognised: '`hf_` with 34 characters',
    anchors: followedBy('hf_', LETTERS + DIGITS),
    form: '(?:hf_)(?<random>(?=[a-z0-9]*[A-Z])(?=[A-Z0-9]*[a-z])[A-Za-z0-9]{34})',
    entropy: 3.8,
  }),
  token({
    kind: 'sendgrid-key',
    recognised: '`SG.` with 22 and 43 characters',
    anchors: followedBy('SG.', `${LETTERS}${DIGITS}_-`),
    form: String.raw`SG\.(?<random>[\w-]{22}\.[\w-]{43})`,
    entropy: 4,
  }),
  {
    kind: 'twilio-key',
    recognised: '32 hexadecimal digits after `TWILIO_AUTH_TOKEN`, `TWILIO_API_SECRET` and their likes',
    anchors: ['TWILIO_', 'twilio_', 'twilioA', 'twilio-'],
    form: HEX_BY_NAME,
    proven: false,
    secretsIn: ({ match }) =>
      /token|secret/i.test(match[0]) && isRandom(match.groups?.secret ?? '', 3) ? [match.groups?.secret ?? ''] : [],
  },
];
