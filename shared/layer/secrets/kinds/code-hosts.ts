/** Tokens of GitHub and GitLab. */
import { hasChecksum } from '../token-checksum.ts';
import { token } from './tokens.ts';

export const CODE_HOSTS = [
  token({
    kind: 'github-token',
    recognised: '`ghp_`, `gho_`, `ghu_`, `ghs_`, `ghr_` with 36 characters whose checksum is right',
    anchors: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'],
    form: 'gh[pousr]_(?<random>[A-Za-z0-9]{36})',
    entropy: 3,
    proves: hasChecksum,
  }),
  token({
    kind: 'github-token',
    recognised: '`ghs_` with an app and a JSON Web Token',
    anchors: ['ghs_'],
    form: String.raw`ghs_[0-9]{1,12}_(?<random>eyJ[\w-]{10,1000}\.eyJ[\w-]{10,2000}\.[\w-]{40,1400})`,
    entropy: 4,
  }),
  token({
    kind: 'github-token',
    recognised: '`github_pat_` with 22 and 59 characters',
    anchors: ['github_pat_'],
    form: 'github_pat_(?<random>[A-Za-z0-9]{22}_[A-Za-z0-9]{59})',
    entropy: 4,
  }),
  token({
    kind: 'gitlab-token',
    recognised: '`glpat-`, `gldt-`, `glrt-`, `glptt-`, `glcbt-`, `glsoat-`, `gloas-` with 20 characters and more',
    anchors: ['glpat-', 'gldt-', 'glrt-', 'glptt-', 'glcbt-', 'glsoat-', 'gloas-'],
    form: String.raw`gl(?:pat|dt|rt|ptt|cbt|soat|oas)-(?<random>(?=[a-z_-]*[0-9A-Z])[\w-]{20,300}(?:\.[\w-]{2,20}){0,3})`,
    entropy: 3.2,
  }),
];
