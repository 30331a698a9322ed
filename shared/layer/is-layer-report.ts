/** What kind of report a stored one is. */
import { LAYER_REPORT_VERSION, type LayerReport } from './layer-report.ts';

/** Of this version. */
export const isLayerReport = (value: unknown): value is LayerReport =>
  typeof value === 'object' && value !== null && 'version' in value && value.version === LAYER_REPORT_VERSION;

/** `cut`: time was up before the layer’s end, and another try may have more of it. */
export type ReportState = 'failed' | 'cut' | 'scanned';

export const reportState = (report: LayerReport): ReportState => {
  if (hasFailed(report)) return 'failed';
  return report.truncated.some(({ by }) => by === 'time') ? 'cut' : 'scanned';
};

/** Whether it says no more than that the layer was given up; a layer in which one reader failed was read all the same. */
const hasFailed = ({ size, truncated: [why, ...others] }: LayerReport): boolean =>
  size === 0 && why?.by === 'failed' && others.length === 0;
