import { CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { AuthenticationConstants, ServiceClientCredentialsFactory, TokenCredentials } from 'botframework-connector';
import express from 'express';

/** The least a Teams message can be: Microsoft's adapter, which checks the token, and the words back. */
const { MICROSOFT_APP_ID, TEAMS_OPENID_METADATA_URL, TEAMS_TOKEN_ISSUER, TEAMS_CONNECTOR_TOKEN } = process.env;

class FixedToken extends ServiceClientCredentialsFactory {
  isValidAppId(id) {
    return Promise.resolve(id === MICROSOFT_APP_ID);
  }
  isAuthenticationDisabled() {
    return Promise.resolve(false);
  }
  createCredentials() {
    return Promise.resolve(new TokenCredentials(TEAMS_CONNECTOR_TOKEN));
  }
}

const adapter = new CloudAdapter(
  new ConfigurationBotFrameworkAuthentication(
    {
      MicrosoftAppId: MICROSOFT_APP_ID,
      ValidateAuthority: true,
      ToChannelFromBotLoginUrl: AuthenticationConstants.ToChannelFromBotLoginUrl,
      ToChannelFromBotOAuthScope: AuthenticationConstants.ToChannelFromBotOAuthScope,
      ToBotFromChannelTokenIssuer: TEAMS_TOKEN_ISSUER,
      OAuthUrl: AuthenticationConstants.OAuthUrl,
      ToBotFromChannelOpenIdMetadataUrl: TEAMS_OPENID_METADATA_URL,
      ToBotFromEmulatorOpenIdMetadataUrl: AuthenticationConstants.ToBotFromEmulatorOpenIdMetadataUrl,
    },
    new FixedToken(),
  ),
);
const app = express();
app.post('/api/messages', express.json(), (request, response) =>
  adapter.process(request, response, async (context) => {
    if (context.activity.type === 'message') await context.sendActivity(`echo ${context.activity.text}`);
  }),
);
const server = app.listen(0, '127.0.0.1', () => {
  process.stdout.write(`ready on http://127.0.0.1:${server.address().port}\n`);
});
process.on('SIGTERM', () => process.exit(0));
