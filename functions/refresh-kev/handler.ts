/** A schedule says that it is time: CISA's list of known exploited vulnerabilities is loaded again. */
import { sqsHandler } from '../sqs-handler.ts';
import { wiring } from './wiring.ts';

export const handler = sqsHandler(wiring());
