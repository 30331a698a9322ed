/** What a source calls an image that is not known, fit to be shown. */
import { plainText } from '../base/clip-text.ts';
import { redactText } from '../base/redaction.ts';
import type { UnknownImage } from './finding.ts';

/** One printable line without secrets, as long as the source made it. The same for every finding about the image. */
export const resourceName = ({ resourceId }: UnknownImage): string => redactText(plainText(resourceId));
