/** What EventBridge answers when a rule's event pattern breaks its grammar. */
export class InvalidEventPatternException extends Error {
  constructor(reason: string) {
    super(`Event pattern is not valid. Reason: ${reason}`);
    this.name = 'InvalidEventPatternException';
  }
}
