/** A template that the local runtime cannot follow. */
export class TemplateError extends Error {
  /** `at` names the resource and the path to the property: `Forward.Properties.Environment`. */
  constructor(at: string, reason: string, options?: { readonly cause?: unknown }) {
    super(`${at}: ${reason}`, options);
    this.name = 'TemplateError';
  }
}
