/** Decided findings go to Security Hub; this function is the only one that writes there. */
import { sqsHandler } from '../sqs-handler.ts';
import { wiring } from './wiring.ts';

export const handler = sqsHandler(wiring());
