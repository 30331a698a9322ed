/** A group's alert is due: one message goes to chat. */
import { sqsHandler } from '../sqs-handler.ts';
import { wiring } from './wiring.ts';

export const handler = sqsHandler(wiring());
