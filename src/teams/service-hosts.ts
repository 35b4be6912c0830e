/** Microsoft's connectors: the public cloud and the government clouds. */
export const microsoftServiceHosts = [
  'smba.trafficmanager.net',
  'smba.infra.gcc.teams.microsoft.com',
  'smba.infra.gov.teams.microsoft.us',
  'smba.infra.dod.teams.microsoft.us',
] as const;

/** True for names that never leave this computer. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase();
  return name === 'localhost' || name === '[::1]' || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name);
}

/** Where bearer tokens may go. Hosts are compared by name; ports are ignored. */
export interface ServiceHosts {
  /** True when plain http is allowed: every host is a loopback one. */
  readonly loopbackOnly: boolean;
  allows(serviceUrl: unknown): serviceUrl is string;
}

export function createServiceHosts(hosts: readonly string[]): ServiceHosts {
  const names = new Set(hosts.map((host) => host.trim().toLowerCase()).filter((host) => host !== ''));
  if (names.has('::1')) names.add('[::1]');
  const loopbackOnly = names.size > 0 && [...names].every(isLoopback);
  return {
    loopbackOnly,
    allows(serviceUrl): serviceUrl is string {
      if (typeof serviceUrl !== 'string' || serviceUrl.length > 2000 || !URL.canParse(serviceUrl)) return false;
      const { protocol, hostname, username, password, search, hash } = new URL(serviceUrl);
      // `https://smba.trafficmanager.net@elsewhere/` names a trusted host and goes elsewhere.
      if (username !== '' || password !== '' || search !== '' || hash !== '') return false;
      if (protocol !== 'https:' && !(protocol === 'http:' && loopbackOnly)) return false;
      return names.has(hostname.toLowerCase());
    },
  };
}
