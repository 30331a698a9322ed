/** What kind of report a stored one is. */
import { LAYER_REPORT_VERSION, type LayerReport } from './layer-report.ts';

/** Of this version. */
export const isLayerReport = (value: unknown): value is LayerReport =>
  typeof value === 'object' && value !== null && 'version' in value && value.version === LAYER_REPORT_VERSION;

/** Whether it says no more than that the layer was given up; a layer in which one reader failed was read all the same. */
export const hasFailed = ({ size, truncated: [why, ...others] }: LayerReport): boolean =>
  size === 0 && why?.by === 'failed' && others.length === 0;
