/** The report of a layer of which nothing was read. */
import type { Digest } from '../image/digest.ts';
import { LAYER_REPORT_VERSION, type LayerReport, type Truncation } from './layer-report.ts';

export const unreadLayer = (digest: Digest, why: Truncation): LayerReport => ({
  version: LAYER_REPORT_VERSION,
  digest,
  compression: 'unknown',
  size: 0,
  uncompressedSize: 0,
  files: 0,
  truncated: [why],
  paths: '',
  whiteouts: [],
  opaque: [],
  secrets: [],
  components: [],
  databases: [],
  notable: [],
  system: {},
});
