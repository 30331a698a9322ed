/** GuardDuty says that a container does something bad: the threat is placed, decided and passed on. */
import { sqsHandler } from '../sqs-handler.ts';
import { wiring } from './wiring.ts';

export const handler = sqsHandler(wiring());
