/** What EventBridge calls need: to put events takes a permission on each bus that they name. */
import { valuesAt } from '../../services/values-at.ts';
import { arnOf, distinct, isArn, type OperationTable, type Place, sameFor, textAt } from './required.ts';

const busArn = (nameOrArn: string, place: Place): string =>
  isArn(nameOrArn) ? nameOrArn : arnOf('events', place, `event-bus/${nameOrArn}`);

const busesOf = (input: object | undefined, place: Place): readonly string[] =>
  distinct(
    valuesAt(input, ['Entries'])
      .flat()
      .map((entry) => (typeof entry === 'object' && entry !== null ? textAt(entry, 'EventBusName') : undefined))
      .map((bus) => busArn(bus ?? 'default', place)),
  );

export const EVENT_BRIDGE: OperationTable = sameFor('events', ['PutEvents'], busesOf);
