/** What Entra ID says of a caller, in a token or by way of App Service Authentication. */
export interface Claims {
  readonly issuer: string;
  readonly audience: string;
  /** In lower case, as are the other ids. */
  readonly tenantId: string;
  /** The user or service principal in the tenant. */
  readonly objectId: string;
  /** The application that asked for the token; only tokens that are meant for an API have it. */
  readonly appId: string | undefined;
  /** Whether the caller is an application by itself, and no user is behind it. */
  readonly isApp: boolean;
  readonly roles: readonly string[];
}
