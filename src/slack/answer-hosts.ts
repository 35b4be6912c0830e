/** Slack's own, and its cloud for governments. */
const slackHosts: readonly string[] = ['slack.com', 'slack-gov.com'];

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);

/**
 * Where an answer may be posted: to Slack, over https; to this machine only where Slack itself is a local one. A signed
 * request is Slack's, but what stands in it decides where private words go, so it is not taken on trust.
 */
export function answersGoTo(url: string, apiUrl: string | undefined): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, username, password } = new URL(url);
  if (username !== '' || password !== '') return false;
  const local = apiUrl !== undefined && URL.canParse(apiUrl) && isLoopback(new URL(apiUrl).hostname);
  if (local) return isLoopback(hostname);
  return protocol === 'https:' && slackHosts.some((host) => hostname === host || hostname.endsWith(`.${host}`));
}
