import { ConfigurationServiceClientCredentialFactory } from 'botbuilder';
import { AppCredentials, ServiceClientCredentialsFactory, TokenCredentials } from 'botframework-connector';
import { chooseCloud } from './clouds.ts';

export interface CredentialOptions {
  readonly appId: string;
  readonly appType?: 'MultiTenant' | 'SingleTenant' | 'UserAssignedMSI';
  readonly tenantId?: string;
  readonly appPassword?: string;
  readonly certificate?: { readonly thumbprint: string; readonly privateKey: string };
  /** Tells the cloud: where the token is fetched, and for whom. */
  readonly tokenIssuer?: string;
  /** A fixed outbound bearer, for a loopback connector only. */
  readonly connectorToken?: string;
}

/** Says who Baton is with a fixed token. Microsoft's own classes verify inbound requests through it all the same. */
class FixedTokenCredentialsFactory extends ServiceClientCredentialsFactory {
  readonly #appId: string;
  readonly #token: string;
  constructor(appId: string, token: string) {
    super();
    this.#appId = appId;
    this.#token = token;
  }
  override isValidAppId(appId: string): Promise<boolean> {
    return Promise.resolve(appId === this.#appId);
  }
  override isAuthenticationDisabled(): Promise<boolean> {
    return Promise.resolve(false);
  }
  override createCredentials(): Promise<TokenCredentials> {
    return Promise.resolve(new TokenCredentials(this.#token));
  }
}

export interface Credentials {
  readonly factory: ServiceClientCredentialsFactory;
  /** The token for one outbound request; cached by Microsoft's library until shortly before it ends, unless `fresh`. */
  readonly bearer: (ask: { readonly fresh: boolean }) => Promise<string>;
}

/** Throws in words when what is needed for the chosen way of signing in is missing. */
export function createCredentials(options: CredentialOptions): Credentials {
  const { appId, connectorToken } = options;
  if (connectorToken !== undefined) {
    return {
      factory: new FixedTokenCredentialsFactory(appId, connectorToken),
      bearer: () => Promise.resolve(connectorToken),
    };
  }
  const factory = new ConfigurationServiceClientCredentialFactory({
    MicrosoftAppId: appId,
    MicrosoftAppType: options.appType ?? 'SingleTenant',
    ...(options.tenantId === undefined ? {} : { MicrosoftAppTenantId: options.tenantId }),
    ...(options.appPassword === undefined ? {} : { MicrosoftAppPassword: options.appPassword }),
    ...(options.certificate === undefined
      ? {}
      : {
          CertificateThumbprint: options.certificate.thumbprint,
          CertificatePrivateKey: options.certificate.privateKey,
        }),
  });
  let made: Promise<AppCredentials> | undefined;
  const create = async (): Promise<AppCredentials> => {
    const { scope, loginUrl } = chooseCloud(options.tokenIssuer);
    const credentials = await factory.createCredentials(appId, scope, loginUrl, true);
    if (!(credentials instanceof AppCredentials)) throw new Error('Teams credentials of an unknown kind');
    return credentials;
  };
  return {
    factory,
    bearer: async ({ fresh }) => {
      made ??= create().catch((error: unknown) => {
        made = undefined;
        throw error;
      });
      return (await made).getToken(fresh);
    },
  };
}
