import { AuthenticationConstants, GovernmentConstants } from 'botframework-connector';

/** Whose tokens count, and where Baton fetches its own. */
export interface Cloud {
  readonly tokenIssuer: string;
  readonly openIdMetadataUrl: string;
  readonly loginUrl: string;
  readonly scope: string;
  readonly oAuthUrl: string;
}

const publicCloud: Cloud = {
  tokenIssuer: AuthenticationConstants.ToBotFromChannelTokenIssuer,
  openIdMetadataUrl: AuthenticationConstants.ToBotFromChannelOpenIdMetadataUrl,
  loginUrl: AuthenticationConstants.ToChannelFromBotLoginUrl,
  scope: AuthenticationConstants.ToChannelFromBotOAuthScope,
  oAuthUrl: AuthenticationConstants.OAuthUrl,
};
/** Azure Government, where Teams' GCC High and DoD are. */
const government: Cloud = {
  tokenIssuer: GovernmentConstants.ToBotFromChannelTokenIssuer,
  openIdMetadataUrl: GovernmentConstants.ToBotFromChannelOpenIdMetadataUrl,
  loginUrl: GovernmentConstants.ToChannelFromBotLoginUrl,
  scope: GovernmentConstants.ToChannelFromBotOAuthScope,
  oAuthUrl: GovernmentConstants.OAuthUrl,
};

/** The cloud whose issuer is set, the public one for any other (tests have an issuer of their own). */
export function chooseCloud(tokenIssuer: string | undefined): Cloud {
  return tokenIssuer === government.tokenIssuer ? government : publicCloud;
}
