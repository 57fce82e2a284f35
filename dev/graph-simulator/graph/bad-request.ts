/** A request that cannot be understood; answered with 400 and this message. */
export class BadRequest extends Error {
  override name = 'BadRequest';
  /** Graph's `error.code`. */
  readonly code: string;

  constructor(message: string, options: ErrorOptions & { code?: string } = {}) {
    super(message, options);
    this.code = options.code ?? 'BadRequest';
  }
}
