import { askParty } from './ask-party.ts';

askParty('moto');
