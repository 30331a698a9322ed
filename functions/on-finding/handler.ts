/** Inspector says that an image is vulnerable: the finding is enriched, decided and passed on. */
import { sqsHandler } from '../sqs-handler.ts';
import { wiring } from './wiring.ts';

export const handler = sqsHandler(wiring());
