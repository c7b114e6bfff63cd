/** A door without a query string: whatever stands in one is refused by name. */
export class NoQuestion {}
