/** A request that cannot be understood; answered with 400 and this message. */
export class BadRequest extends Error {
  override name = 'BadRequest';
}
