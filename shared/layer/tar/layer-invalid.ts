/** The error for bytes that no container runtime would unpack either. */
import { SekishoError } from '../../base/errors.ts';

/** `what`: one sentence, with nothing in it that the layer says. */
export const layerInvalid = (what: string, cause?: unknown): SekishoError =>
  new SekishoError('LAYER_INVALID', what, cause === undefined ? {} : { cause });
