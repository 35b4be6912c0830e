import { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import type { Activity } from 'botbuilder';
import type { AuthenticateRequestResult, ServiceClientCredentialsFactory } from 'botframework-connector';
import { AuthenticationConstants, AuthenticationError, EmulatorValidation } from 'botframework-connector';
import { z } from 'zod';
import { chooseCloud } from './clouds.ts';
import type { ServiceHosts } from './service-hosts.ts';

export interface AuthenticationOptions {
  readonly appId: string;
  readonly allowedTenants: readonly string[];
  readonly hosts: ServiceHosts;
  readonly credentials: ServiceClientCredentialsFactory;
  readonly openIdMetadataUrl?: string;
  readonly tokenIssuer?: string;
}

const headerSchema = z.object({ alg: z.enum(['RS256', 'RS384', 'RS512']), kid: z.string().min(1).max(500) });
const payloadSchema = z.object({
  iss: z.string(),
  aud: z.string(),
  serviceurl: z.string(),
  exp: z.number(),
  nbf: z.number().optional(),
});

const emulatorIssuers = EmulatorValidation.ToBotFromEmulatorTokenValidationParameters.issuer;
const knownIssuers = Array.isArray(emulatorIssuers) ? emulatorIssuers.length : 0;

function part<T>(text: string | undefined, schema: z.ZodType<T>): T | undefined {
  try {
    return schema.safeParse(JSON.parse(Buffer.from(text ?? '', 'base64url').toString('utf8'))).data;
  } catch {
    return undefined;
  }
}

/** What a token claims, before anybody has checked it. */
function claimsOf(authorization: string): z.infer<typeof payloadSchema> | undefined {
  const match = /^Bearer ([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(authorization);
  if (match === null || authorization.length > 16_384) return undefined;
  return part(match[1], headerSchema) === undefined ? undefined : part(match[2], payloadSchema);
}

const tenantSchema = z.object({
  conversation: z.object({ tenantId: z.string().min(1).max(255).optional() }).optional(),
  channelData: z.object({ tenant: z.object({ id: z.string().min(1).max(255) }).optional() }).optional(),
});

/** The tenant a request speaks for: named in one of two places, or in both alike. */
export function tenantOf(activity: unknown): string | undefined {
  const named = tenantSchema.safeParse(activity).data;
  const [first, second] = [named?.conversation?.tenantId, named?.channelData?.tenant?.id];
  return first === undefined || second === undefined || first === second ? (first ?? second) : undefined;
}

/** Made where it is thrown: its stack costs more than many a check. */
const refused = (): AuthenticationError => new AuthenticationError('Unauthorized', 401);

/**
 * Microsoft's verification with its gaps closed. Left alone it accepts other tenants and requests without a
 * service address, takes an emulator's tokens, answers 500 with the reason to a bad signature, and grows a list with
 * every unverified token it sees.
 */
export class TeamsAuthentication extends ConfigurationBotFrameworkAuthentication {
  readonly #options: AuthenticationOptions;
  readonly #issuer: string;
  readonly #tenants: ReadonlySet<string>;

  constructor(options: AuthenticationOptions) {
    const cloud = chooseCloud(options.tokenIssuer);
    const issuer = options.tokenIssuer ?? cloud.tokenIssuer;
    // Setting one of these means setting them all.
    super(
      {
        MicrosoftAppId: options.appId,
        ValidateAuthority: true,
        ToChannelFromBotLoginUrl: cloud.loginUrl,
        ToChannelFromBotOAuthScope: cloud.scope,
        ToBotFromChannelTokenIssuer: issuer,
        OAuthUrl: cloud.oAuthUrl,
        ToBotFromChannelOpenIdMetadataUrl: options.openIdMetadataUrl ?? cloud.openIdMetadataUrl,
        ToBotFromEmulatorOpenIdMetadataUrl: AuthenticationConstants.ToBotFromEmulatorOpenIdMetadataUrl,
      },
      options.credentials,
    );
    this.#options = options;
    this.#issuer = issuer;
    this.#tenants = new Set(options.allowedTenants.map((tenant) => tenant.toLowerCase()));
  }

  /** Whether it is worth reading what a request says: whoever wrote the token knew whom it has to be for. Verifies nothing. */
  couldBe(authorization: string): boolean {
    const claims = claimsOf(authorization);
    return claims !== undefined && claims.iss === this.#issuer && claims.aud === this.#options.appId;
  }

  /** Every failure is the same error without a reason: the caller is a stranger. */
  override async authenticateRequest(activity: Activity, authorization: string): Promise<AuthenticateRequestResult> {
    const { hosts } = this.#options;
    const claims = claimsOf(authorization);
    if (claims === undefined || !this.couldBe(authorization)) throw refused();
    if (activity.channelId !== 'msteams' || !hosts.allows(activity.serviceUrl)) throw refused();
    if (claims.serviceurl !== activity.serviceUrl) throw refused();
    const tenant = tenantOf(activity);
    if (tenant === undefined || !this.#tenants.has(tenant.toLowerCase())) throw refused();

    try {
      const result = await super.authenticateRequest(activity, authorization);
      // Verified once more on the verified claims: the emulator's way through the library skips this.
      if (result.claimsIdentity.getClaimValue(AuthenticationConstants.ServiceUrlClaim) !== activity.serviceUrl)
        throw refused();
      return result;
    } catch {
      throw refused();
    } finally {
      // The library adds the `tid` of every token it looks at, before checking its signature.
      if (Array.isArray(emulatorIssuers)) emulatorIssuers.length = Math.min(emulatorIssuers.length, knownIssuers);
    }
  }
}
