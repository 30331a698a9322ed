/** Tags of an AWS resource, by key: whoever may tag the resource wrote them. */
export type Tags = Readonly<Record<string, string>>;
